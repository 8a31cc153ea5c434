"""Decides what happens to a message: whose turn it is, whether the bot is asked, what is kept."""

import asyncio
import logging
from collections.abc import AsyncIterator
from time import perf_counter
from weakref import WeakValueDictionary

from redis.exceptions import RedisError

from connectors.gateway.bot import BotClient
from connectors.gateway.errors import NotOffered
from connectors.gateway.metrics import Metrics
from connectors.gateway.news import News
from connectors.gateway.schemas import Failure, Intent, Message, Reply
from connectors.gateway.store import ConversationStore, Event
from connectors.gateway.texts import texts
from core.answer import Antwort
from core.errors import LotseError, NotFound, Unavailable

logger = logging.getLogger(__name__)

# How often a stream looks for events of other processes, and for the end of the session.
POLL_SECONDS = 2.0
# At the end of the process, running turns get as long as one attempt at the bot.
GRACE_SECONDS = 5.0


class Conversations:
    """One per process. A turn runs as a task of its own: a citizen who closes the page still finds the answer."""

    def __init__(self, store: ConversationStore, bot: BotClient, metrics: Metrics) -> None:
        self._store = store
        self._bot = bot
        self._metrics = metrics
        self._news = News()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._running: set[asyncio.Task[Reply]] = set()

    async def submit(self, conversation: str, message: Message) -> asyncio.Task[Reply]:
        """Takes the message and starts its turn. Raises NotOffered. The task raises Unavailable or NotFound."""
        await self._store.renew(conversation)
        if message.payload is not None and not await self._counts(conversation, message.payload, message.message_id):
            raise NotOffered(texts().knopf_unbekannt)
        task = asyncio.create_task(self._turn(conversation, message))
        self._running.add(task)
        task.add_done_callback(self._finished)
        return task

    async def _counts(self, conversation: str, payload: str, message_id: str) -> bool:
        """A button offered here; or one pressed before, which still has its answer after it has left the list."""
        if await self._store.offered(conversation, payload):
            return True
        return await self._store.answer(conversation, message_id) is not None

    def _finished(self, task: "asyncio.Task[Reply]") -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None and not isinstance(error, LotseError):
            logger.error("turn ended with %s", type(error).__name__)

    def _lock(self, conversation: str) -> asyncio.Lock:
        """One turn at a time and in order of arrival. One process only: the queue across processes comes with Redis Streams."""
        return self._locks.setdefault(conversation, asyncio.Lock())

    async def _turn(self, conversation: str, message: Message) -> Reply:
        begun = perf_counter()
        async with self._lock(conversation):
            known = await self._store.answer(conversation, message.message_id)
            if known is not None:
                self._metrics.messages.labels("repeated").inc()
                return known
            if not await self._store.exists(conversation):
                raise NotFound(texts().gespraech_beendet)
            try:
                replies, intent = await self._answer(conversation, message)
            except Unavailable as error:
                await self._failed(conversation, message, error)
                raise Unavailable(texts().nicht_erreichbar) from None
            seconds = perf_counter() - begun
            reply = Reply(message_id=message.message_id, replies=replies, intent=intent, ms=round(seconds * 1000))
            await self._store.keep(conversation, reply)
        self._news.tell(conversation)
        self._metrics.messages.labels("answered" if intent else "empty").inc()
        self._metrics.seconds.observe(seconds)
        logger.info("message %s of %s answered in %d ms", message.message_id, conversation, reply.ms)
        return reply

    async def _answer(self, conversation: str, message: Message) -> tuple[list[Antwort], Intent | None]:
        said = message.text if message.payload is None else message.payload
        if not said:
            return [Antwort(text=texts().leer)], None
        answer = await self._bot.ask(conversation, said, message.message_id, typed=message.payload is None)
        return answer.messages, answer.intent

    async def _failed(self, conversation: str, message: Message, error: Unavailable) -> None:
        logger.warning("message %s of %s not answered: %s", message.message_id, conversation, error)
        self._metrics.failures.labels("rasa").inc()
        self._metrics.messages.labels("failed").inc()
        failure = Failure(message_id=message.message_id, detail=texts().nicht_erreichbar)
        await self._store.keep_failure(conversation, failure)
        self._news.tell(conversation)

    def check_streams(self, conversation: str) -> None:
        """Raises TooMany when this conversation has as many streams as it may."""
        self._news.check(conversation)

    async def events(self, conversation: str, after: int) -> AsyncIterator[Event]:
        """Events after number ``after``, as they come, until the conversation is over or Redis is away."""
        with self._news.listen(conversation) as heard:
            try:
                while await self._store.exists(conversation):
                    heard.clear()
                    for event in await self._store.events(conversation, after):
                        yield event
                        after = event.number
                    await _heard(heard, POLL_SECONDS)
            except RedisError:
                # The client comes back with Last-Event-ID.
                self._metrics.failures.labels("redis").inc()

    async def delete(self, conversation: str) -> None:
        """Forgets the conversation: no message is taken from now on, and a turn that runs is waited for."""
        await self._store.end(conversation)
        self._news.tell(conversation)
        async with self._lock(conversation):
            await self._store.delete(conversation)

    async def close(self) -> None:
        """Waits for running turns, then ends them."""
        if self._running:
            await asyncio.wait(self._running, timeout=GRACE_SECONDS)
        for task in self._running:
            task.cancel()


async def _heard(heard: asyncio.Event, seconds: float) -> None:
    """Waits for news, but not longer than ``seconds``."""
    try:
        async with asyncio.timeout(seconds):
            await heard.wait()
    except TimeoutError:
        pass
