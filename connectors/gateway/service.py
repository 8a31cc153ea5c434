"""Decides what happens to a message: whether it counts, where it waits, and when its answer is there."""

import asyncio
from collections.abc import AsyncIterator

from redis.exceptions import RedisError

from connectors.gateway import record
from connectors.gateway.beyond import Beyond
from connectors.gateway.errors import NotOffered
from connectors.gateway.metrics import Metrics
from connectors.gateway.news import News
from connectors.gateway.schemas import Message, Rating, Reply
from connectors.gateway.store import ConversationStore, Event
from connectors.gateway.texts import texts
from core.errors import NotFound, Unavailable

# How often a stream looks for events of other processes, and for the end of the session.
POLL_SECONDS = 2.0
# A restart of Rasa (45 s, connectors/gateway/bot.py) and a turn before this one.
WAIT_SECONDS = 60.0
# A turn that runs when its conversation is deleted gets as long as one attempt at the bot.
DELETE_SECONDS = 5.0
DELETE_POLL_SECONDS = 0.05


class Conversations:
    """One per process. The turn itself runs behind the queue: a citizen who closes the page still finds the answer."""

    def __init__(self, store: ConversationStore, metrics: Metrics, beyond: Beyond) -> None:
        self._store = store
        self._metrics = metrics
        self._beyond = beyond
        self._news = News()
        self._waiting = News()

    def tell(self, conversation: str) -> None:
        """There is an answer, a failure, or the end."""
        self._news.tell(conversation)
        self._waiting.tell(conversation)

    async def submit(self, conversation: str, message: Message) -> None:
        """Takes the message into the queue. Raises NotOffered; Unavailable when too many wait."""
        await self._store.renew(conversation)
        if message.payload is not None and not await self._counts(conversation, message.payload, message.message_id):
            raise NotOffered(texts().knopf_unbekannt)
        if not await self._store.take(conversation, message):
            self._metrics.messages.labels("repeated").inc()

    async def _counts(self, conversation: str, payload: str, message_id: str) -> bool:
        """A button offered here; or one pressed before, which still has its answer after it has left the list."""
        if await self._store.offered(conversation, payload):
            return True
        return await self._store.answer(conversation, message_id) is not None

    async def reply(self, conversation: str, message_id: str) -> Reply:
        """Waits for the answer. Raises Unavailable when there is none in time, NotFound when the conversation is over."""
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                return await self._reply(conversation, message_id)
        except TimeoutError:
            # It stays in the queue; its answer comes on the event stream.
            raise Unavailable(texts().nicht_erreichbar) from None

    async def _reply(self, conversation: str, message_id: str) -> Reply:
        with self._waiting.listen(conversation) as heard:
            while True:
                heard.clear()
                # In this order: an answer is kept in the same transaction that ends the waiting.
                under_way = await self._store.under_way(conversation, message_id)
                answer = await self._store.answer(conversation, message_id)
                if answer is not None:
                    return answer
                if not await self._store.exists(conversation):
                    raise NotFound(texts().gespraech_beendet)
                if not under_way:
                    raise Unavailable(texts().nicht_erreichbar)
                await _heard(heard, POLL_SECONDS)

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
                for event in await self._store.last_words(conversation, after):
                    yield event
            except RedisError:
                # The client comes back with Last-Event-ID.
                self._metrics.failures.labels("redis").inc()

    async def rate(self, conversation: str, message_id: str, given: Rating) -> None:
        """Tells staff what a citizen thinks of an answer. Raises NotFound where there is none to this message."""
        if await self._store.answer(conversation, message_id) is None:
            raise NotFound(texts().ohne_antwort)
        await self._store.rate(conversation, record.rating(conversation, message_id, given.value == "up", given.reason))

    async def solve(self, conversation: str, yes: bool) -> None:
        """Tells staff whether the conversation helped."""
        await self._store.rate(conversation, record.solved(conversation, yes))

    async def delete(self, conversation: str) -> None:
        """Forgets the conversation: no message is taken from now on, and a turn that runs is waited for."""
        await self._store.end(conversation)
        self.tell(conversation)
        # The worker drops what waits of an ended conversation; what a turn that takes longer says is kept nowhere.
        for _ in range(round(DELETE_SECONDS / DELETE_POLL_SECONDS)):
            if not await self._store.busy(conversation):
                break
            await asyncio.sleep(DELETE_POLL_SECONDS)
        await self._beyond.forget_draft(await self._store.draft(conversation))
        await self._store.delete(conversation)


async def _heard(heard: asyncio.Event, seconds: float) -> None:
    """Waits for news, but not longer than ``seconds``."""
    try:
        async with asyncio.timeout(seconds):
            await heard.wait()
    except TimeoutError:
        pass
