"""Fills the inbox from time to time, in the web process but off its event loop."""

import asyncio
import logging
from contextlib import suppress
from datetime import datetime

from starlette.concurrency import run_in_threadpool

from console.inbox.collect import Collector
from core.clock import Clock

logger = logging.getLogger(__name__)
# A failed question is in the inbox before somebody could look for it.
EVERY_SECONDS = 15.0


class Collecting:
    """``last``: when it last looked, without a failure."""

    def __init__(self, collector: Collector, clock: Clock) -> None:
        self._collector = collector
        self._clock = clock
        self.last: datetime | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins, within the running event loop."""
        self._task = asyncio.create_task(self._forever())

    async def stop(self) -> None:
        """Ends it; a transaction that runs is finished."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _forever(self) -> None:
        """A failure is told in the log, and the next round takes up what was left."""
        while True:
            try:
                await run_in_threadpool(self._collector.collect)
                self.last = self._clock()
            except Exception as error:
                logger.warning("inbox: %s", type(error).__name__)  # the type only: the text may hold what was said
            await asyncio.sleep(EVERY_SECONDS)
