"""Sends what a conversation has to say: each message once, in order, again after a fault, and laid aside where it can never arrive."""

import asyncio
import logging
import random
import time
from functools import partial

import redis.asyncio as redis
from cryptography.fernet import InvalidToken

from connectors.channel import tokens
from connectors.channel.connector import Connector
from connectors.channel.errors import Later, Refused
from connectors.channel.letters import Letters
from connectors.channel.pace import Pace
from connectors.channel.people import Address, People
from connectors.channel.progress import Progress
from connectors.channel.stream import Entry
from connectors.channel.texts import texts
from connectors.gateway.metrics import Metrics
from connectors.gateway.schemas import Failure, Reply
from connectors.gateway.store import ConversationStore
from connectors.rendering.render import Outgoing, render
from core.answer import Antwort
from core.vault import Vault

logger = logging.getLogger(__name__)

PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
# What the platform has not taken by then is old news.
PATIENCE = 600.0
AT_ONCE = 16


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
                return self._people.pseudonym(self._people.opened(entry.fields[b"adresse"]).chat), 0
            conversation = entry.fields[b"gespraech"].decode()
            address = await self._people.address(conversation)
        except InvalidToken:
            return None
        return (self._people.pseudonym(address.chat) if address else conversation), 0

    async def deliver(self, entry: Entry) -> None:
        """Sends what an entry of the outbox stands for. Raises RedisError."""
        if b"adresse" in entry.fields:
            farewell = self._vault.open(entry.fields[b"inhalt"]).decode()
            # With nothing of the conversation left there is no place to note how far it got: at the worst it is said twice.
            await self._say("", self._people.opened(entry.fields[b"adresse"]), _replies(farewell), None)
            return
        conversation, number = entry.fields[b"gespraech"].decode(), int(entry.fields[b"nummer"])
        address = await self._people.address(conversation)
        event = next((one for one in await self._store.events(conversation, number - 1) if one.number == number), None)
        if address is None or event is None:
            self._sent("ended").inc()
            return
        answers = [Antwort(text=Failure.model_validate_json(event.content).detail)] if event.failed else _replies(event.content)
        await self._say(conversation, address, answers, Progress(self._redis, conversation, number, self._seconds))

    async def _say(self, conversation: str, address: Address, answers: list[Antwort], progress: Progress | None) -> None:
        token = partial(tokens.token, self._vault, conversation)
        messages = render(answers, self._connector.limits, token, texts().waehlen)
        for place in range(await progress.done() if progress else 0, len(messages)):
            if not await self._arrive(conversation, address, messages[place], place, progress):
                return

    async def _arrive(self, conversation: str, address: Address, message: Outgoing, place: int, progress: Progress | None) -> bool:
        """Sends until it is taken or refused; whether it was taken."""
        begun = time.monotonic()
        attempt = 0
        if progress and await progress.open():
            self._sent("doubled").inc()  # we died while it was with the platform: nobody knows whether it was taken
        while True:
            try:
                self._check_window(address)
                async with self._places:
                    await self._pace.wait()
                    if progress:
                        await progress.begin(place)
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
                if progress and not error.doubtful:
                    await progress.failed()
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
