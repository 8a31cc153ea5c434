"""Decides what happens to a message from a messenger: it goes to the bot, or is answered with what is possible."""

import asyncio
import logging
import re
import time

from connectors.channel import tokens
from connectors.channel.connector import Connector
from connectors.channel.errors import Later, Refused
from connectors.channel.incoming import SPOKEN, Incoming
from connectors.channel.people import People
from connectors.channel.texts import texts
from connectors.gateway import outbox
from connectors.gateway.cleaning import MOST_CHARACTERS, clean
from connectors.gateway.errors import NotOffered
from connectors.gateway.parts import Parts
from connectors.gateway.schemas import Message, Reply
from connectors.gateway.texts import texts as gateway_texts
from core.answer import Antwort
from core.errors import TooMany
from core.ids import resume_code
from core.settings import Settings

logger = logging.getLogger(__name__)

# After a day WhatsApp's and Messenger's window is closed, and Telegram has thrown the update away: such a delivery is a replay.
TOO_OLD_SECONDS = 24 * 3600
# One hint for pictures sent in a row.
ONCE_SECONDS = 10
NOTICE = "datenschutz"
# Half of the connections to a platform.
MOST_ACKNOWLEDGING = 10


class Reception:
    """Of one channel. Everything here may run twice for the same message and has one effect."""

    def __init__(self, connector: Connector, gateway: Parts, people: People) -> None:
        self._connector = connector
        self._gateway = gateway
        self._redis = gateway.redis
        self._vault = gateway.vault
        self._people = people
        self._settings: Settings = gateway.settings
        self._acknowledging: set[asyncio.Task[None]] = set()

    async def receive(self, message: Incoming) -> None:
        """Raises Unavailable when the bot's queue is full, RedisError."""
        if message.time is not None and time.time() - message.time > TOO_OLD_SECONDS:
            self._gateway.metrics.received.labels(self._connector.name, "late").inc()
            return
        self._acknowledge(message)
        known = await self._people.conversation(message.chat)
        if message.kind == "text" and _word(message.text) in texts().stoppwoerter:
            await self._stop(known, message.chat)
            return
        conversation = known or await self._begin(message.chat)
        await self._people.keep(conversation, message.chat)
        try:
            await self._gateway.limits.conversation(self._people.pseudonym(message.chat), self._settings.messages_per_minute)
        except TooMany as error:
            await self._once(conversation, "grenze", 60, str(error))
            return
        await self._hear(conversation, message)

    async def _begin(self, chat: str) -> str:
        conversation = await self._people.begin(chat)
        await self._say(conversation, NOTICE, texts().notice(self._connector.name, self._settings))
        return conversation

    async def _stop(self, conversation: str | None, chat: str) -> None:
        if conversation:
            await self._gateway.conversations.delete(conversation)
        await self._people.forget(chat)
        reply = Reply(message_id="ende", replies=[Antwort(text=texts().gestoppt)], intent=None, ms=0)
        sealed = self._vault.seal(reply.model_dump_json().encode())
        async with self._redis.pipeline(transaction=True) as pipe:
            outbox.add_farewell(pipe, self._connector.name, self._people.sealed(chat), sealed, self._settings.session_minutes * 60)
            await pipe.execute()

    async def _hear(self, conversation: str, message: Incoming) -> None:
        if message.kind not in SPOKEN:
            await self._once(conversation, message.kind + message.album, ONCE_SECONDS, texts().hinweise[message.kind])
            if not message.text:
                return
        own = self._vault.pseudonym(f"{self._connector.name} {message.id}")
        if message.kind == "knopf":
            payload = await tokens.payload(self._gateway.store, self._vault, conversation, message.token)
            said = Message(message_id=own, payload=payload) if payload else None
        else:
            typed = _started(message.text) if message.kind == "beginn" else message.text
            if len(clean(typed)) > MOST_CHARACTERS:
                most = f"{MOST_CHARACTERS:,}".replace(",", ".")
                await self._say(conversation, own, gateway_texts().zu_lang.format(most=most))
                return
            said = Message(message_id=own, text=typed)
        try:
            if said is None:
                raise NotOffered(gateway_texts().knopf_unbekannt)
            await self._gateway.conversations.submit(conversation, said)
        except NotOffered as error:
            await self._say(conversation, own, str(error))

    async def _once(self, conversation: str, what: str, seconds: int, text: str) -> None:
        """Says it, unless it was said within the last ``seconds``."""
        name = self._vault.pseudonym(f"{conversation} {what}")
        if await self._redis.set(f"lotse:gesagt:{name}", "1", ex=seconds, nx=True):
            await self._say(conversation, f"h{time.time_ns()}", text)

    async def _say(self, conversation: str, message_id: str, text: str) -> None:
        reply = Reply(message_id=message_id, replies=[Antwort(text=text)], intent=None, ms=0)
        await self._gateway.store.say(conversation, reply, self._connector.name)

    def _acknowledge(self, message: Incoming) -> None:
        """In the background: an indicator that does not show must not hold up the answer, nor take the connections away from answers."""
        if len(self._acknowledging) >= MOST_ACKNOWLEDGING:
            return

        async def shown() -> None:
            try:
                await self._connector.acknowledge(message)
            except (Later, Refused) as error:
                logger.info("%s shows no indicator: %s", self._connector.name, error)

        task = asyncio.create_task(shown())
        self._acknowledging.add(task)
        task.add_done_callback(self._acknowledging.discard)


def _word(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def _started(parameter: str) -> str:
    """What "Start" stands for: a resume code out of a link, or a greeting."""
    return resume_code(parameter) or texts().gruss
