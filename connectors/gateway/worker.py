"""Takes messages out of the queue, asks the bot, keeps the answer. One message of a partition at a time: that is the order."""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress

from redis.exceptions import RedisError, ResponseError

from connectors.gateway.beyond import Beyond
from connectors.gateway.bot import BotAnswer, BotClient
from connectors.gateway.desk.talk import Talk
from connectors.gateway.handover import Held
from connectors.gateway.lease import EVERY_SECONDS, Lease
from connectors.gateway.metrics import Metrics
from connectors.gateway.notices import Notices
from connectors.gateway.origin import WEB, Origin
from connectors.gateway.queue import PARTITIONS, Queue, Waiting
from connectors.gateway.record import Understood
from connectors.gateway.record import turn as recorded
from connectors.gateway.schemas import Failure, Message, Queued, Reply
from connectors.gateway.store import ConversationStore, Moved
from connectors.gateway.texts import texts
from core.answer import Antwort
from core.errors import Unavailable
from core.trace import trace_id, traced

logger = logging.getLogger(__name__)

# The same name after a restart: what was handed out and not finished is handed out again.
CONSUMER = "lotse"
BLOCK_MILLISECONDS = 1000
# At the end of the process, running turns get as long as one attempt at the bot.
GRACE_SECONDS = 5.0
PAUSE_SECONDS = 0.5
TRIM_SECONDS = 60.0


class Worker:
    """One per process. ``tell`` is called with a conversation that has news."""

    def __init__(
        self, queue: Queue, lease: Lease, store: ConversationStore, bot: BotClient, metrics: Metrics, tell: Callable[[str], None],
        beyond: Beyond, talk: Talk, notices: Notices,
    ) -> None:  # fmt: skip
        self._queue = queue
        self._lease = lease
        self._active = asyncio.Event()
        self._store = store
        self._bot = bot
        self._metrics = metrics
        self._tell = tell
        self._beyond = beyond
        self._talk = talk
        self._notices = notices
        self._stopping = False
        self._tasks: list[asyncio.Task[None]] = []
        self._keeping: asyncio.Task[None] | None = None

    @property
    def active(self) -> asyncio.Event:
        """Set while this process is the one that works."""
        return self._active

    def start(self) -> None:
        """Begins to read, within the running event loop."""
        self._tasks = [asyncio.create_task(self._partition(number)) for number in range(PARTITIONS)]
        self._keeping = asyncio.create_task(self._keep_lease())

    async def stop(self) -> None:
        """Reads nothing more and waits for running turns; what is not finished stays in the queue."""
        self._stopping = True
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=GRACE_SECONDS)
            for task in late:
                task.cancel()
        if self._keeping:
            self._keeping.cancel()
            with suppress(RedisError):
                await self._lease.release()

    async def _keep_lease(self) -> None:
        trimmed = 0.0
        while True:
            try:
                held = await self._lease.hold()
                self._metrics.waiting.set(await self._queue.depth())
                if held:
                    await self._talk.sweep()
                if held and time.monotonic() - trimmed > TRIM_SECONDS:
                    await self._store.trim()
                    trimmed = time.monotonic()
            except RedisError:
                held = False
            if held:
                self._active.set()
            else:
                self._active.clear()
            await asyncio.sleep(EVERY_SECONDS)

    async def _partition(self, number: int) -> None:
        again = True  # first what an earlier process has left
        while not self._stopping:
            if not self._active.is_set():
                again = True
                await _set(self._active, EVERY_SECONDS)
                continue
            try:
                waiting = await self._queue.read(number, CONSUMER, again, BLOCK_MILLISECONDS)
                again = again and bool(waiting)
                for one in waiting:
                    await self._work(one)
            except ResponseError:
                # The group is not there yet, or Redis has lost its file.
                again = True
                await self._prepared(number)
            except (RedisError, OSError) as error:
                self._metrics.failures.labels("redis").inc()
                logger.warning("queue: %s", type(error).__name__)
                again = True
                await asyncio.sleep(PAUSE_SECONDS)

    async def _prepared(self, number: int) -> None:
        try:
            await self._queue.prepare(number)
        except RedisError:
            await asyncio.sleep(PAUSE_SECONDS)

    async def _work(self, waiting: Waiting) -> None:
        message = waiting.message
        with traced(trace_id(waiting.conversation, message.message_id) if message else None):
            await self._turn(waiting, message)

    async def _turn(self, waiting: Waiting, message: Queued | None) -> None:
        origin = await self._store.origin(waiting.conversation)
        if message is None or origin is None:
            await self._store.drop(waiting)  # sealed with an earlier key, or the citizen has ended the conversation
            return
        queued = _since(waiting) / 1000
        self._metrics.stages.labels("queue").observe(queued)
        try:
            held = await self._talk.handover.held(waiting.conversation)
            answer = await self._answer(waiting.conversation, message, held)
        except Unavailable as error:
            await self._failed(waiting, message, str(error), origin)
            return
        except RedisError:
            raise  # not the message's fault: it stays in the queue until Redis is back
        except Exception as error:
            # Our own mistake with one message must not end the partition. The type only: the text may stand in the error.
            await self._failed(waiting, message, type(error).__name__, origin)
            return
        if not await self._store.under_way(waiting.conversation, message.message_id):
            await self._store.drop(waiting)  # deleted meanwhile, or another process has answered
            return
        # What the search thought of is for staff only.
        replies = [one.model_copy(update={"kandidaten": []}) for one in answer.messages]
        told = [one for reply in replies for one in await self._beyond.carried_out(waiting.conversation, reply)]
        told = await self._greeted(waiting.conversation, origin, told)
        reply = Reply(message_id=message.message_id, replies=told, intent=answer.intent, ms=_since(waiting))
        # Help lines do not keep a message from the person who is to know of it.
        to_person = held if held.zustand == "mensch" and not message.amt and all(one.notfall for one in told) else None
        with self._metrics.stages.labels("keep").time():
            if any(one.tun == "gespraech_loeschen" for one in replies):
                await self._beyond.forget_draft(await self._store.draft(waiting.conversation))
                await self._store.delete(waiting.conversation, reply, waiting, origin.kanal)
            else:
                entry = recorded(waiting, reply, origin, _understood(answer, queued))
                try:
                    await self._store.keep(waiting, reply, entry, origin.kanal, to_person)
                except Moved:  # the person has gone just now: whoever answers now gets it
                    await self._turn(waiting, message)
                    return
        self._tell(waiting.conversation)
        self._metrics.messages.labels("answered" if answer.intent else "empty").inc()
        self._metrics.seconds.observe(reply.ms / 1000)
        logger.info("answered in %d ms", reply.ms)

    async def _greeted(self, conversation: str, origin: Origin, answers: list[Antwort]) -> list[Antwort]:
        """On a messenger, the city's notices stand before the first answer; a web page shows them by itself."""
        if origin.kanal == WEB or not answers or await self._store.begun(conversation):
            return answers
        return [*(Antwort(text=one.text) for one in await self._notices.current()), *answers]

    async def _answer(self, conversation: str, message: Queued, held: Held) -> BotAnswer:
        if message.amt:
            return self._talk.told(message.amt)
        if own := await self._talk.answer(conversation, message, held):
            return own
        said = message.text if message.payload is None else message.payload
        if not said:
            return BotAnswer(messages=[Antwort(text=texts().leer)], intent=None)
        answer = await self._bot.ask(conversation, said, message.message_id, typed=message.payload is None)
        self._count(answer)
        return await self._talk.offered(conversation, answer)

    def _count(self, answer: BotAnswer) -> None:
        for stage, seconds in answer.seconds.items():
            self._metrics.stages.labels(stage).observe(seconds)
        self._metrics.fallbacks.inc(answer.fallback)
        self._metrics.failures.labels("catalogue").inc(any(one.stoerung == "katalog" for one in answer.messages))

    async def _failed(self, waiting: Waiting, message: Message, reason: str, origin: Origin) -> None:
        logger.warning("message %s of %s not answered: %s", message.message_id, waiting.conversation, reason)
        self._metrics.failures.labels("actions" if reason.startswith("Actions") else "rasa").inc()
        self._metrics.messages.labels("failed").inc()
        failure = Failure(message_id=message.message_id, detail=texts().nicht_erreichbar)
        await self._store.keep_failure(waiting, failure, reason, recorded(waiting, failure, origin, Understood()), origin.kanal)
        self._tell(waiting.conversation)


def _understood(answer: BotAnswer, queued: float) -> Understood:
    services = next((one.kandidaten for one in answer.messages if one.kandidaten), [])
    return Understood(answer.ranking, services, answer.fallback, {"queue": queued} | answer.seconds, answer.model)


async def _set(event: asyncio.Event, seconds: float) -> None:
    """Waits for it, but not longer than ``seconds``."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


def _since(waiting: Waiting) -> int:
    """Milliseconds since the message was taken: a stream's entry begins with its time."""
    return max(0, round(time.time() * 1000) - int(waiting.entry.split(b"-")[0]))
