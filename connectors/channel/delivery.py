"""Sends what a conversation has to say: each message once, in order, again after a fault, and laid aside where it can never arrive."""

import asyncio
import contextlib
import logging
import random
import time
from collections.abc import AsyncIterator
from functools import partial

import redis.asyncio as redis
from cryptography.fernet import InvalidToken

from connectors.channel import tokens
from connectors.channel.connector import Connector
from connectors.channel.errors import Later, Refused
from connectors.channel.letters import Letters
from connectors.channel.pace import Pace
from connectors.channel.people import Address, People
from connectors.channel.stream import Entry
from connectors.channel.texts import texts
from connectors.gateway.metrics import Metrics
from connectors.gateway.schemas import Failure, Reply
from connectors.gateway.store import DELIVERED, PREFIX, ConversationStore
from connectors.rendering.render import Outgoing, render
from core.answer import Antwort
from core.vault import Vault

logger = logging.getLogger(__name__)

PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
# What the platform has not taken by then is old news.
PATIENCE = 600.0
AT_ONCE = 16
# The message that is with the platform right now, in the hash of a conversation's deliveries.
UNDER_WAY = b"unterwegs"


class Delivery:
    """Of one channel. ``pauses`` and ``patience`` (seconds) are the seams for tests."""

    def __init__(
        self, connector: Connector, store: ConversationStore, connection: "redis.Redis", vault: Vault, people: People, letters: Letters,
        metrics: Metrics, seconds: int, pauses: tuple[float, ...] = PAUSES, patience: float = PATIENCE,
    ) -> None:  # fmt: skip
        self._connector = connector
        self._store = store
        self._redis = connection
        self._vault = vault
        self._people = people
        self._letters = letters
        self._sent = partial(metrics.sent.labels, connector.name)
        self._seconds = seconds
        self._pauses = pauses
        self._patience = patience
        self._pace = Pace(connector.rate)
        self._places = asyncio.Semaphore(AT_ONCE)

    async def place(self, entry: Entry) -> tuple[str, int] | None:
        """Whose turn it is: all that goes to one chat stays in the order it was written."""
        try:
            if b"adresse" in entry.fields:
                return self._people.pseudonym(self._vault.open(entry.fields[b"adresse"]).decode()), 0
            conversation = entry.fields[b"gespraech"].decode()
            address = await self._people.address(conversation)
        except InvalidToken:
            return None
        return (self._people.pseudonym(address.chat) if address else conversation), 0

    async def deliver(self, entry: Entry) -> None:
        """Sends what an entry of the outbox stands for. Raises RedisError."""
        if b"adresse" in entry.fields:
            await self._farewell(entry)
        else:
            await self._answer(entry.fields[b"gespraech"].decode(), int(entry.fields[b"nummer"]))

    async def _farewell(self, entry: Entry) -> None:
        chat, text = (self._vault.open(entry.fields[name]).decode() for name in (b"adresse", b"inhalt"))
        # With nothing of the conversation left there is no place to note how far it got: at the worst it is said twice.
        await self._arrive("", Address(chat=chat, wrote=time.time()), Outgoing(text))

    async def _answer(self, conversation: str, number: int) -> None:
        address = await self._people.address(conversation)
        event = next((one for one in await self._store.events(conversation, number - 1) if one.number == number), None)
        if address is None or event is None:
            self._sent("ended").inc()
            return
        answers = [Antwort(text=Failure.model_validate_json(event.content).detail)] if event.failed else _replies(event.content)
        token = partial(tokens.token, self._vault, conversation)
        messages = render(answers, self._connector.limits, token, texts().waehlen)
        key = PREFIX + conversation + DELIVERED
        done = int(await self._redis.hget(key, str(number)) or 0)
        for place in range(done, len(messages)):
            async with self._noted(key, number, place):
                arrived = await self._arrive(conversation, address, messages[place])
            if not arrived:
                return

    @contextlib.asynccontextmanager
    async def _noted(self, key: str, number: int, place: int) -> AsyncIterator[None]:
        """Before: which message is with the platform. After: that it is done. Died in between, it is sent again, and counted."""
        name = f"{number} {place}"
        if await self._redis.hget(key, UNDER_WAY) == name.encode():
            self._sent("doubled").inc()
        await self._redis.hset(key, UNDER_WAY, name)
        await self._redis.expire(key, self._seconds)
        yield
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.hset(key, str(number), place + 1)
            pipe.hdel(key, UNDER_WAY)
            pipe.expire(key, self._seconds)
            await pipe.execute()

    async def _arrive(self, conversation: str, address: Address, message: Outgoing) -> bool:
        """Sends until it is taken or refused; whether it was taken."""
        begun = time.monotonic()
        attempt = 0
        while True:
            try:
                self._check_window(address)
                async with self._places:
                    await self._pace.wait()
                    await self._connector.send(address.chat, message)
                self._sent("sent").inc()
                return True
            except Refused as error:
                await self._bury(conversation, str(error))
                return False
            except Later as error:
                pause = max(error.seconds, self._pauses[min(attempt, len(self._pauses) - 1)])
                if time.monotonic() - begun + pause > self._patience:
                    await self._bury(conversation, f"zu lange nicht erreichbar ({error})")
                    return False
                self._sent("doubled" if error.doubtful else "again").inc()
                logger.warning("%s: %s, again in %.1f s", self._connector.name, error, pause)
            attempt += 1
            # Not all at the same moment when the platform is back.
            await asyncio.sleep(pause * random.uniform(1.0, 1.2))
            if conversation and await self._people.address(conversation) is None:
                self._sent("ended").inc()  # deleted meanwhile
                return False

    def _check_window(self, address: Address) -> None:
        if self._connector.window is not None and time.time() - address.wrote > self._connector.window:
            raise Refused("Fenster von 24 Stunden geschlossen")

    async def _bury(self, conversation: str, reason: str) -> None:
        self._sent("refused").inc()
        await self._letters.add(conversation, reason)


def _replies(content: str) -> list[Antwort]:
    return Reply.model_validate_json(content).replies
