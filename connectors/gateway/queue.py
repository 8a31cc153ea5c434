"""Messages on their way to the bot: Redis Streams, sealed. Nothing that was taken is lost when a process dies.

A conversation's messages lie in one partition, in the order they came. An entry goes away in the transaction that keeps its answer.
"""

import time
import zlib
from dataclasses import dataclass

import redis.asyncio as redis
from cryptography.fernet import InvalidToken
from redis.exceptions import ResponseError

from connectors.gateway.schemas import Message, Queued
from connectors.gateway.texts import texts
from core.errors import Unavailable
from core.vault import Vault

STREAM = "lotse:warteschlange:{}"
DEAD = "lotse:liegengeblieben"
GROUP = "bot"
# Each works on one message at a time: as many conversations may be at the bot at once, and one that fails holds up 1 in 32 others.
PARTITIONS = 32
# Somebody floods us, or the bot has been away for long: better to say so than to answer after an hour.
MOST_WAITING = 5000

# Taken once: known messages are not put in again, and no message is marked without lying in the stream.
_PUT = """
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 or redis.call('HSETNX', KEYS[1], ARGV[1], '1') == 0 then return 0 end
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('XADD', KEYS[3], '*', 'gespraech', ARGV[2], 'inhalt', ARGV[3])
return 1
"""


@dataclass(frozen=True)
class Waiting:
    """An entry of the queue: where it lies, whose it is, what was said; no message where it cannot be opened any more."""

    stream: str
    entry: bytes
    conversation: str
    message: Queued | None


@dataclass(frozen=True)
class Letter:
    """A message that could not be answered, and why."""

    entry: str
    conversation: str
    reason: str
    message: Message | None


def stream_of(conversation: str) -> str:
    """The partition of a conversation."""
    return STREAM.format(zlib.crc32(conversation.encode()) % PARTITIONS)


class Queue:
    """Of one Redis. Raises RedisError from every method."""

    def __init__(self, store: "redis.Redis", vault: Vault) -> None:
        self._redis = store
        self._vault = vault

    async def put(self, keys: tuple[str, str], conversation: str, message: Message, seconds: int) -> bool:
        """Takes a message in; False where it is known. ``keys``: hashes of those under way and of those answered.

        Raises Unavailable when too many wait.
        """
        stream = stream_of(conversation)
        if await self._redis.xlen(stream) >= MOST_WAITING / PARTITIONS:
            raise Unavailable(texts().nicht_erreichbar)
        sealed = self._vault.seal(message.model_dump_json().encode())
        return bool(await self._redis.eval(_PUT, 3, *keys, stream, message.message_id, conversation, sealed, seconds))

    async def prepare(self, number: int) -> None:
        """Makes the consumer group of a partition, which begins with what lies there already."""
        try:
            await self._redis.xgroup_create(STREAM.format(number), GROUP, id="0", mkstream=True)
        except ResponseError as error:
            if "BUSYGROUP" not in str(error):
                raise

    async def read(self, number: int, consumer: str, again: bool, milliseconds: int) -> list[Waiting]:
        """The next entry of a partition; ``again``: those first that were handed out and not finished."""
        stream = STREAM.format(number)
        wait = None if again else milliseconds
        read = await self._redis.xreadgroup(GROUP, consumer, {stream: "0" if again else ">"}, count=1, block=wait)
        return [self._opened(stream, entry, fields) for _, entries in read for entry, fields in entries if fields]

    def _opened(self, stream: str, entry: bytes, fields: dict[bytes, bytes]) -> Waiting:
        return Waiting(stream, entry, fields[b"gespraech"].decode(), self._message(fields))

    def _message(self, fields: dict[bytes, bytes]) -> Queued | None:
        try:
            return Queued.model_validate_json(self._vault.open(fields[b"inhalt"]))
        except (InvalidToken, ValueError):
            return None  # sealed with an earlier key, or written by an earlier version

    @staticmethod
    def finish(pipe: "redis.client.Pipeline", waiting: Waiting) -> None:
        """Takes an entry out, within the transaction that keeps its answer."""
        pipe.xack(waiting.stream, GROUP, waiting.entry)
        pipe.xdel(waiting.stream, waiting.entry)

    def bury(self, pipe: "redis.client.Pipeline", waiting: Waiting, reason: str, seconds: int) -> None:
        """Lays an entry aside that could not be answered, within the same transaction; for as long as a conversation is kept."""
        sealed = self._vault.seal(waiting.message.model_dump_json().encode()) if waiting.message else b""
        pipe.xadd(
            DEAD, {"gespraech": waiting.conversation, "grund": reason, "inhalt": sealed}, minid=f"{round((time.time() - seconds) * 1000)}"
        )
        pipe.expire(DEAD, seconds)
        self.finish(pipe, waiting)

    async def letters(self) -> list[Letter]:
        """What was laid aside, oldest first."""
        return [
            Letter(entry.decode(), fields[b"gespraech"].decode(), fields[b"grund"].decode(), self._message(fields))
            for entry, fields in await self._redis.xrange(DEAD)
        ]

    async def remove(self, letter: Letter) -> None:
        """Throws one away."""
        await self._redis.xdel(DEAD, letter.entry)

    async def forget(self, conversation: str) -> None:
        """Throws away what was laid aside of a conversation."""
        for letter in await self.letters():
            if letter.conversation == conversation:
                await self.remove(letter)

    async def depth(self) -> int:
        """Messages that wait or are at the bot."""
        async with self._redis.pipeline(transaction=False) as pipe:
            for number in range(PARTITIONS):
                pipe.xlen(STREAM.format(number))
            return sum(await pipe.execute())
