"""What is kept of a conversation, in Redis: sealed, and all of it expires with the conversation."""

import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass

import redis.asyncio as redis
from cryptography.fernet import InvalidToken
from redis.exceptions import WatchError

from connectors.gateway import handover, outbox, record, transcript
from connectors.gateway.desk import failures
from connectors.gateway.desk.callbacks import KEPT as CALLBACK
from connectors.gateway.desk.callbacks import LISTED as CALLBACKS
from connectors.gateway.handover import HELD, Held
from connectors.gateway.keys import PREFIX as PREFIX
from connectors.gateway.origin import WEB, Origin
from connectors.gateway.queue import Queue, Waiting
from connectors.gateway.schemas import Failure, Message, Reply
from connectors.gateway.texts import texts
from core.errors import NotAllowed, NotFound
from core.vault import Vault

TRACKER = "lotse:tracker:"
TRACKER_PARTS = ("", ":slots", ":antworten")
# As many buttons as a citizen may scroll back to: ten answers of four, and three checklists of nine steps.
BUTTONS = 67
# A client that comes back after a break gets what it missed; a conversation rarely has more answers.
EVENTS = 100
# A message sent again after an hour is a new one.
ANSWER_SECONDS = 3600
# How long the answer that a conversation is deleted can be fetched.
LAST_SECONDS = 60
# Which entries of the masked record are its own.
RECORDED = ":verlauf"
# Where a messenger's answers go, and how far they have got (connectors/channel).
ADDRESS, DELIVERED = ":adresse", ":gesendet"
PARTS = (
    "", ":unterwegs", ":antworten", ":zeiten", ":knoepfe", ":ereignisse", ":nummer", RECORDED, ADDRESS, DELIVERED, HELD, transcript.KEPT,
    failures.KEPT,
)  # fmt: skip


class Moved(Exception):
    """Who answers in this conversation has changed meanwhile."""


@dataclass(frozen=True)
class Event:
    """One entry of the event stream: ``number`` increases, ``content`` is JSON."""

    number: int
    content: str
    failed: bool


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class ConversationStore:
    """Every method is one round trip or one transaction."""

    def __init__(self, store: "redis.Redis", vault: Vault, queue: Queue, seconds: int) -> None:
        self._redis = store
        self._queue = queue
        self._vault = vault
        self._seconds = seconds

    async def create(self, origin: Origin | None = None) -> tuple[str, str]:
        """A new conversation: its id (128 random bits) and its token (256), of which only the hash is kept."""
        conversation, token = secrets.token_urlsafe(16), secrets.token_urlsafe(32)
        await self._redis.set(PREFIX + conversation, (origin or Origin()).kept(_hashed(token)), ex=self._seconds)
        return conversation, token

    async def check(self, conversation: str, token: str) -> None:
        """Raises NotFound when the conversation is over, NotAllowed when the token is not its own."""
        kept: bytes | None = await self._redis.get(PREFIX + conversation)
        if kept is None:
            raise NotFound(texts().gespraech_beendet)
        if not hmac.compare_digest(Origin.read(kept)[0], _hashed(token).encode()):
            raise NotAllowed(texts().kein_zugang)

    async def exists(self, conversation: str) -> bool:
        """Whether it is still going on."""
        return bool(await self._redis.exists(PREFIX + conversation))

    async def begun(self, conversation: str) -> bool:
        """Whether anything was answered in it."""
        return bool(await self._redis.exists(f"{PREFIX}{conversation}:nummer"))

    async def origin(self, conversation: str) -> Origin | None:
        """Where it comes from; None where it is over."""
        kept: bytes | None = await self._redis.get(PREFIX + conversation)
        return Origin.read(kept)[1] if kept is not None else None

    async def renew(self, conversation: str) -> None:
        """The session's time begins anew, also for what the bot keeps of it."""
        own = [f"{PREFIX}{conversation}{part}" for part in PARTS]
        tracker = [f"{TRACKER}{conversation}{part}" for part in TRACKER_PARTS]
        async with self._redis.pipeline(transaction=True) as pipe:
            for key in (*own, *tracker):
                pipe.expire(key, self._seconds)
            await pipe.execute()

    async def take(self, conversation: str, message: Message) -> bool:
        """Puts the message into the queue; False where it is there already or has its answer. Raises TooMany."""
        key = PREFIX + conversation
        return await self._queue.put((f"{key}:unterwegs", f"{key}:antworten"), conversation, message, self._seconds)

    async def under_way(self, conversation: str, message_id: str) -> bool:
        """Whether the message waits or is at the bot."""
        return bool(await self._redis.hexists(f"{PREFIX}{conversation}:unterwegs", message_id))

    async def busy(self, conversation: str) -> bool:
        """Whether any message does."""
        return bool(await self._redis.exists(f"{PREFIX}{conversation}:unterwegs"))

    async def drop(self, waiting: Waiting) -> None:
        """Takes a message out of the queue without an answer."""
        async with self._redis.pipeline(transaction=True) as pipe:
            self._done(pipe, waiting)
            self._queue.finish(pipe, waiting)
            await pipe.execute()

    @staticmethod
    def _done(pipe: "redis.client.Pipeline", waiting: Waiting) -> None:
        key = f"{PREFIX}{waiting.conversation}:unterwegs"
        if waiting.message:
            pipe.hdel(key, waiting.message.message_id)
        else:
            pipe.delete(key)

    async def answer(self, conversation: str, message_id: str) -> Reply | None:
        """The answer given to this message within the last hour."""
        kept: bytes | None = await self._redis.hget(f"{PREFIX}{conversation}:antworten", message_id)
        return Reply.model_validate_json(self._vault.open(kept)) if kept else None

    async def offered(self, conversation: str, payload: str) -> bool:
        """Whether this payload is one of the last buttons offered in this conversation."""
        return any(hmac.compare_digest(one.encode(), payload.encode()) for one in await self.buttons(conversation))

    async def buttons(self, conversation: str) -> list[str]:
        """The payloads of the last buttons offered in this conversation, oldest first."""
        kept: list[bytes] = await self._redis.lrange(f"{PREFIX}{conversation}:knoepfe", 0, -1)
        return [self._vault.open(one).decode() for one in kept]

    async def say(self, conversation: str, reply: Reply, kanal: str) -> None:
        """Tells something that the bot was not asked for; once for each message id."""
        key = PREFIX + conversation
        if await self._redis.hexists(f"{key}:antworten", reply.message_id):
            return
        number: int = await self._redis.incr(f"{key}:nummer")
        async with self._redis.pipeline(transaction=True) as pipe:
            self._answered(pipe, key, reply)
            self._announce(pipe, conversation, number, kanal, answered=reply.message_id)
            await pipe.execute()

    async def keep(self, waiting: Waiting, reply: Reply, told: str, kanal: str, held: Held | None = None) -> None:
        """Answer, buttons, event and the end of waiting in one transaction: a citizen sees all of a turn or nothing.

        ``told``: the turn's entry in the record. ``held``: the message is for this person; raises Moved where it is no more.
        """
        key = PREFIX + waiting.conversation
        number: int = await self._redis.incr(f"{key}:nummer")
        old: list[bytes] = await self._redis.zrangebyscore(f"{key}:zeiten", 0, time.time() - ANSWER_SECONDS)
        async with self._redis.pipeline(transaction=True) as pipe:
            if held:
                await pipe.watch(key + HELD)
                if await pipe.hget(key + HELD, "seit") != held.seit.encode():
                    raise Moved
                pipe.multi()
                handover.waits(pipe, waiting.conversation)
            transcript.add(pipe, self._vault, waiting.conversation, waiting.message, reply)
            self._answered(pipe, key, reply)
            if old:
                pipe.hdel(f"{key}:antworten", *old)
                pipe.zrem(f"{key}:zeiten", *old)
            record.add(pipe, key + RECORDED, "zug", told)
            self._announce(pipe, waiting.conversation, number, kanal, answered=reply.message_id)
            self._done(pipe, waiting)
            self._queue.finish(pipe, waiting)
            try:
                await pipe.execute()
            except WatchError:
                raise Moved from None

    def _answered(self, pipe: "redis.client.Pipeline", key: str, reply: Reply) -> None:
        """The answer and its buttons."""
        pipe.hset(f"{key}:antworten", reply.message_id, self._vault.seal(reply.model_dump_json().encode()))
        pipe.zadd(f"{key}:zeiten", {reply.message_id: time.time()})
        for button in (button for answer in reply.replies for button in answer.offered()):
            pipe.rpush(f"{key}:knoepfe", self._vault.seal(button.payload.encode()))
        pipe.ltrim(f"{key}:knoepfe", -BUTTONS, -1)

    async def rate(self, conversation: str, told: str) -> None:
        """Writes a rating into the record."""
        own = PREFIX + conversation + RECORDED
        async with self._redis.pipeline(transaction=True) as pipe:
            record.add(pipe, own, "bewertung", told)
            pipe.expire(own, self._seconds)
            await pipe.execute()

    async def keep_failure(self, waiting: Waiting, failure: Failure, reason: str, told: str, kanal: str) -> None:
        """Tells the event stream and lays the message aside; it may be sent again."""
        key = PREFIX + waiting.conversation
        number: int = await self._redis.incr(f"{key}:nummer")
        async with self._redis.pipeline(transaction=True) as pipe:
            record.add(pipe, key + RECORDED, "zug", told)
            self._announce(pipe, waiting.conversation, number, kanal, failure=self._vault.seal(failure.model_dump_json().encode()))
            self._done(pipe, waiting)
            self._queue.bury(pipe, waiting, reason, self._seconds)
            await pipe.execute()

    def _announce(
        self, pipe: "redis.client.Pipeline", conversation: str, number: int, kanal: str, *, answered: str = "", failure: bytes = b""
    ) -> None:
        """An event: the id of the message whose answer it is, or a failure. On a messenger it is to be sent, too."""
        key = PREFIX + conversation
        if kanal != WEB:
            outbox.add(pipe, kanal, conversation, number, self._seconds)
        pipe.rpush(f"{key}:ereignisse", json.dumps([number, answered, failure.decode()]))
        pipe.ltrim(f"{key}:ereignisse", -EVENTS, -1)
        for part in PARTS:
            pipe.expire(key + part, self._seconds)

    async def trim(self) -> None:
        """Throws away what staff's readers have read."""
        await record.trim(self._redis)

    async def events(self, conversation: str, after: int) -> list[Event]:
        """The events that came after number ``after``, oldest first; an answer that is no longer kept is none."""
        kept: list[bytes] = await self._redis.lrange(f"{PREFIX}{conversation}:ereignisse", 0, -1)
        entries = [entry for one in kept if (entry := json.loads(one))[0] > after]
        if not entries:
            return []
        answers = await self._redis.hmget(f"{PREFIX}{conversation}:antworten", [answered for _, answered, _ in entries])
        contents = [(n, failure.encode() or sealed, bool(failure)) for (n, _, failure), sealed in zip(entries, answers, strict=True)]
        return [Event(n, self._vault.open(sealed).decode(), failed) for n, sealed, failed in contents if sealed]

    async def end(self, conversation: str) -> None:
        """No further message is taken."""
        await self._redis.delete(PREFIX + conversation)

    async def draft(self, conversation: str) -> str | None:
        """The application that is being filled in, as the bot's slots name it."""
        kept: bytes | None = await self._redis.get(f"{TRACKER}{conversation}:slots")
        try:
            slots = json.loads(self._vault.open(kept)) if kept else {}
        except (InvalidToken, ValueError):
            return None  # sealed with an earlier key: nothing of it can be read, and all of it goes
        named = (slots.get("antrag") or {}).get("id")
        return named if isinstance(named, str) else None

    async def delete(self, conversation: str, last: Reply | None = None, waiting: Waiting | None = None, kanal: str = WEB) -> None:
        """Everything we keep of it, also what the bot keeps and what staff read.

        ``last``: the answer that says so can be fetched for a minute, and goes out where there is a messenger; ``waiting``: its message,
        which leaves the queue.
        """
        await record.forget(self._redis, PREFIX + conversation + RECORDED, conversation)
        own = [f"{PREFIX}{conversation}{part}" for part in (*PARTS, ":grenze")]
        tracker = [f"{TRACKER}{conversation}{part}" for part in TRACKER_PARTS]
        address: bytes | None = await self._redis.get(PREFIX + conversation + ADDRESS)
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.delete(*own, *tracker, CALLBACK + conversation)
            for listed in (handover.WAITING, handover.RUNNING, CALLBACKS):
                pipe.zrem(listed, conversation)
            if last:
                answers, sealed = f"{PREFIX}{conversation}:antworten", self._vault.seal(last.model_dump_json().encode())
                pipe.hset(answers, last.message_id, sealed)
                pipe.expire(answers, LAST_SECONDS)
                if address and kanal != WEB:
                    outbox.add_farewell(pipe, kanal, address, sealed, self._seconds)
            if waiting:
                self._queue.finish(pipe, waiting)
            await pipe.execute()
        await self._queue.forget(conversation)

    async def last_words(self, conversation: str, after: int) -> list[Event]:
        """The answer that told the end of a conversation, as an event after number ``after``."""
        if await self._redis.exists(f"{PREFIX}{conversation}:nummer"):
            return []  # it is being deleted just now
        kept: list[bytes] = await self._redis.hvals(f"{PREFIX}{conversation}:antworten")
        return [Event(after + 1, self._vault.open(kept[0]).decode(), False)] if len(kept) == 1 else []
