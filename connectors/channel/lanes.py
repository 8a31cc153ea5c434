"""Works through a stream: one entry of a chat after the other, many chats at once. A chat that has to wait holds up nobody else."""

import asyncio
import heapq
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

from redis.exceptions import RedisError

from connectors.channel.letters import Letters
from connectors.channel.stream import Entry, Stream
from core.errors import Unavailable

logger = logging.getLogger(__name__)

BLOCK_MILLISECONDS = 1000
PAUSE_SECONDS = 0.5
# Read ahead; the rest waits in Redis.
MOST_HELD = 1000
# At the end of the process, running work gets as long as one call to a platform.
GRACE_SECONDS = 5.0
# (chat, place in its order) of an entry; None for one that nobody can read any more.
Place = Callable[[Entry], Awaitable[tuple[str, int] | None]]
Work = Callable[[Entry], Awaitable[None]]


class Lanes:
    """``active`` is set while this process is the one that works. ``hold``: seconds to wait for an earlier entry that comes late."""

    def __init__(self, stream: Stream, active: asyncio.Event, place: Place, work: Work, letters: Letters, hold: float = 0.0) -> None:
        self._stream = stream
        self._active = active
        self._place = place
        self._work = work
        self._letters = letters
        self._hold = hold
        self._stopping = False
        self._held: set[str] = set()
        self._lanes: dict[str, list[tuple[int, int, float, Entry]]] = {}
        self._count = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._reader: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to read, within the running event loop."""
        self._reader = asyncio.create_task(self._read())

    async def stop(self) -> None:
        """Reads nothing more; what is not finished stays in the stream."""
        self._stopping = True
        if self._reader:
            self._reader.cancel()
            await asyncio.wait({self._reader})
        if self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=GRACE_SECONDS)
            for task in late:
                task.cancel()

    async def _read(self) -> None:
        after = "0"  # first what an earlier process has left
        while not self._stopping:
            if not self._active.is_set():
                after = "0"
                await self._active.wait()
            if len(self._held) >= MOST_HELD:
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            try:
                entries = await self._stream.read(after, BLOCK_MILLISECONDS)
                if after != ">":
                    after = entries[-1].id if entries else ">"
                for entry in entries:
                    await self._take(entry)
            except (RedisError, OSError) as error:
                logger.warning("%s: %s", self._stream.name, type(error).__name__)
                after = "0"
                await asyncio.sleep(PAUSE_SECONDS)

    async def _take(self, entry: Entry) -> None:
        if entry.id in self._held:
            return
        place = await self._place(entry) if entry.fields else None
        if place is None:
            await self._stream.finish(entry)
            return
        lane, order = place
        self._held.add(entry.id)
        self._count += 1
        waiting = self._lanes.get(lane)
        if waiting is None:
            self._lanes[lane] = [(order, self._count, time.monotonic(), entry)]
            task = asyncio.create_task(self._run(lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        else:
            heapq.heappush(waiting, (order, self._count, time.monotonic(), entry))

    async def _run(self, lane: str) -> None:
        waiting = self._lanes[lane]
        while waiting and not self._stopping:
            await asyncio.sleep(max(0.0, waiting[0][2] + self._hold - time.monotonic()))
            _, _, _, entry = heapq.heappop(waiting)
            await self._finished(entry)
            self._held.discard(entry.id)
        del self._lanes[lane]

    async def _finished(self, entry: Entry) -> None:
        """Works on an entry until it is done, however often Redis or the queue is away."""
        while not self._stopping:
            try:
                await self._active.wait()
                await self._work(entry)
                await self._stream.finish(entry)
                return
            except (RedisError, OSError, Unavailable) as error:
                logger.warning("%s: %s", self._stream.name, type(error).__name__)
            except Exception as error:
                # Our own mistake with one entry must not hold up the chat. The type only: the text may stand in the error.
                with suppress(RedisError):
                    await self._letters.add("", type(error).__name__)
                    await self._stream.finish(entry)
                    return
            await asyncio.sleep(PAUSE_SECONDS)
