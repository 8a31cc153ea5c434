"""One turn at a time in a conversation, in the order of arrival, across all processes of Rasa.

Stock RedisLockStore reads, changes and writes, so of 50 pairs at once 15 to 39 got the same ticket; it polls each second, its keys stay.
Here a conversation has a list of tickets. Its first living one holds the lock; one who leaves pushes to the list the next one waits at.
"""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import redis.asyncio as redis
from rasa.core.lock_store import LockError, LockStore
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff

from core.settings import Settings

logger = logging.getLogger(__name__)

KEY = "lotse:lock:{}"
# Seconds: three times the 5 s that an action may take. Who waits longer gives up.
LIFETIME = 15.0
# Of the lifetime: a ticket lives this long without a sign of its owner. Less than one, so that a crashed holder (10 s)
# is gone before those behind it give up (15 s). Signs come each 3 s, so that two may fail.
LEASE = 2 / 3
SIGN = 1 / 5
# Seconds until one who waits looks for itself: that finds a crashed holder. Less than the timeout of a command.
PAUSE = 0.5
# Seconds for one command or connection. 400 turns at once open 400 connections: 0.9 s on two cores, longer when those are busy.
TIMEOUT = 2.0

# Each script runs as a whole; nothing comes between its lines. KEYS: the list. ARGV: the ticket, milliseconds it lives.
_FIRST = """
local function first()
  local ticket = redis.call('LINDEX', KEYS[1], 0)
  while ticket and redis.call('EXISTS', KEYS[1] .. ':' .. ticket) == 0 do
    redis.call('LPOP', KEYS[1])
    ticket = redis.call('LINDEX', KEYS[1], 0)
  end
  return ticket
end
"""
# 1: it is this one's turn, 0: not yet, -1: the ticket is gone. Gone is gone: whoever came back might overtake a living holder.
_ASK = f"""{_FIRST}
if not redis.call('SET', KEYS[1] .. ':' .. ARGV[1], 1, 'XX', 'PX', ARGV[2]) then return -1 end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return first() == ARGV[1] and 1 or 0
"""
# How many tickets were taken away: 0 for one that is not in the list. Wakes the first.
_LEAVE = f"""{_FIRST}
redis.call('DEL', KEYS[1] .. ':' .. ARGV[1], KEYS[1] .. ':wake:' .. ARGV[1])
local left = redis.call('LREM', KEYS[1], 0, ARGV[1])
local ticket = first()
if left > 0 and ticket then
  redis.call('RPUSH', KEYS[1] .. ':wake:' .. ticket, 1)
  redis.call('PEXPIRE', KEYS[1] .. ':wake:' .. ticket, ARGV[2])
end
return left
"""


class RedisLockStore(LockStore):
    """Fails loudly: every error of Redis and every wait beyond the lifetime is a LockError, and the turn does not run."""

    def __init__(self, endpoint_config: Any = None) -> None:
        super().__init__()
        # A restarted Redis closes the pooled connections: the next command opens a new one instead of failing.
        retry = {"retry": Retry(ExponentialBackoff(cap=0.5, base=0.05), 3), "retry_on_error": [redis.ConnectionError]}
        self._redis = redis.from_url(Settings().redis_address, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT, **retry)
        self._asking = self._redis.register_script(_ASK)
        self._leaving = self._redis.register_script(_LEAVE)

    @asynccontextmanager
    async def lock(self, conversation_id: str, lock_lifetime: float = LIFETIME, wait_time_in_seconds: float = 0) -> AsyncIterator[str]:
        """Waits until it is this one's turn, at most the lifetime; gives the ticket. Rasa's wait time is for polling: no use here."""
        key, ticket, lease = KEY.format(conversation_id), secrets.token_hex(8), round(lock_lifetime * LEASE * 1000)
        keeping: asyncio.Task[None] | None = None
        over = asyncio.Event()
        try:
            with _loudly():
                async with asyncio.timeout(lock_lifetime):
                    await self._join(key, ticket, lease)
                    while not await self._ask(key, ticket, lease):
                        await self._redis.blpop([f"{key}:wake:{ticket}"], PAUSE)
            keeping = asyncio.create_task(self._keep(key, ticket, lease, lock_lifetime * SIGN, over))
            yield ticket
        finally:
            # Not cancelled: redis-py may swallow that in the midst of a command, and the keeper would run for ever.
            over.set()
            with _loudly():
                left = await self._leave(key, ticket, lease)
            if keeping and not left:
                logger.error("a lock was lost before its turn ended: another turn may have run beside it")

    async def _join(self, key: str, ticket: str, lease: int) -> None:
        """Appends the ticket. Sent twice, after a broken connection, it stands there twice and goes at once."""
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.rpush(key, ticket)
            pipe.pexpire(key, lease)
            pipe.set(f"{key}:{ticket}", 1, px=lease)
            await pipe.execute()

    async def _ask(self, key: str, ticket: str, lease: int) -> bool:
        """Whether it is this one's turn; a sign of life, too. Raises LockError when Redis does not know the ticket any more."""
        answer = await self._asking([key], [ticket, lease])
        if answer < 0:
            raise LockError("the ticket is gone: Redis lost it, or this process stood still longer than the ticket lives")
        return bool(answer)

    async def _keep(self, key: str, ticket: str, lease: int, seconds: float, over: asyncio.Event) -> None:
        """Signs of life of the holder until ``over``: a turn that takes longer than the lease is not overtaken."""
        while not await _is_set(over, seconds):
            try:
                await self._ask(key, ticket, lease)
            except LockError:
                return  # left meanwhile, or lost: the holder is told when it leaves
            except redis.RedisError as error:
                logger.warning("a lock could not be renewed: %s", type(error).__name__)

    async def _leave(self, key: str, ticket: str, lease: int) -> bool:
        """Gives the turn to the next one; False, and nothing happens, for a ticket that is not in the list."""
        return bool(await self._leaving([key], [ticket, lease]))


async def _is_set(event: asyncio.Event, seconds: float) -> bool:
    """Waits for it, but not longer than ``seconds``."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()


@contextmanager
def _loudly() -> Iterator[None]:
    """Errors of Redis and time run out, as the error that Rasa knows."""
    try:
        yield
    except (redis.RedisError, TimeoutError) as error:
        raise LockError(f"no lock: {type(error).__name__}") from error
