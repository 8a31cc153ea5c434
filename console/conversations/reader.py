"""Reads the event stream, in the web process: whatever is away, it waits and goes on where it stood.

The place lies in SQL, with the rows (store.py). The consumer group ``konsole`` in Redis only follows it: the gateway trims the stream
behind it. A crash between both leaves a few entries longer in Redis and writes none of them twice.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime

import redis.asyncio as redis
from redis.exceptions import RedisError, ResponseError
from sqlalchemy.exc import SQLAlchemyError

from console.conversations.store import START, STREAM, Overtaken, Store
from core.settings import Settings

logger = logging.getLogger(__name__)

GROUP = "konsole"
# A transaction of so many takes a fifth of a second; nobody else can write to SQLite meanwhile.
AT_ONCE = 200
BLOCK_MILLISECONDS = 1000
# Longer than a block: an answer that only waits is no failure.
REDIS_SECONDS = 3.0
PAUSES = (0.5, 1.0, 2.0, 5.0)


@dataclass
class State:
    """How far it is. ``behind``: seconds between the newest entry of the stream and the last one written; ``failing``: what is away."""

    behind: float = 0.0
    written: int = 0
    unknown: int = 0
    failing: str | None = None
    last: datetime | None = None


class Reader:
    """One per process. ``start`` within the running event loop."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.state = State()
        self._store = store
        self._redis = redis.from_url(settings.redis_address, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS)
        self._task: asyncio.Task[None] | None = None
        self._stopping = False

    def start(self) -> None:
        """Begins to read."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Ends. A transaction that runs in its thread counts or does not; the next start sees which."""
        self._stopping = True  # redis-py takes a cancelled wait for a timeout now and then
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task], timeout=REDIS_SECONDS)
        await self._redis.close(close_connection_pool=True)

    async def _run(self) -> None:
        failures = 0
        while not self._stopping:
            try:
                place = await self._begin()
                while not self._stopping:
                    place = await self._step(place)
                    self.state.failing, failures = None, 0
            except Overtaken:
                continue
            except (RedisError, OSError, SQLAlchemyError) as error:
                away = "datenbank" if isinstance(error, SQLAlchemyError) else "redis"
                if self.state.failing != away:
                    logger.warning("event stream: %s", type(error).__name__)  # the type only, and once
                self.state.failing = away
            except Exception as error:
                logger.error("event stream: %s", type(error).__name__)
                self.state.failing = "unbekannt"
            await asyncio.sleep(PAUSES[min(failures, len(PAUSES) - 1)])
            failures += 1

    async def _begin(self) -> str:
        """The place to read from. A stream that ends before it is another one: Redis has lost its data."""
        place = await asyncio.to_thread(self._store.place)
        try:
            await self._redis.xgroup_create(STREAM, GROUP, id=place, mkstream=True)
        except ResponseError as error:
            if "BUSYGROUP" not in str(error):
                raise
        newest = (await self._redis.xinfo_stream(STREAM))["last-generated-id"].decode()
        # An empty stream that was just made says 0-0 and will go on with the clock: only one with entries of its own is another one.
        if newest != START and _order(newest) < _order(place):
            await asyncio.to_thread(self._store.restart, place)
            return START
        return place

    async def _step(self, place: str) -> str:
        """Reads, writes, and moves the group on; the new place."""
        read = await self._redis.xread({STREAM: place}, count=AT_ONCE, block=BLOCK_MILLISECONDS)
        if not read:
            await self._redis.xgroup_setid(STREAM, GROUP, place)  # says too where the group, or the stream, is gone
            self.state.behind, self.state.last = 0.0, datetime.now(UTC)
            return place
        entries = read[0][1]
        place, unknown = await asyncio.to_thread(self._store.write, place, entries)
        if unknown:
            logger.warning("event stream: %d entries were not understood, up to %s", unknown, place)
        self.state.unknown += unknown
        self.state.written += len(entries)
        await self._redis.xgroup_setid(STREAM, GROUP, place)
        newest = (await self._redis.xinfo_stream(STREAM))["last-generated-id"].decode()
        self.state.behind = max(0.0, (_order(newest)[0] - _order(place)[0]) / 1000)
        self.state.last = datetime.now(UTC)
        return place


def _order(place: str) -> tuple[int, int]:
    time, _, number = place.partition("-")
    return int(time), int(number or 0)
