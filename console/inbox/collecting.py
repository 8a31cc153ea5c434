"""Fills the inbox from time to time, in the web process but off its event loop."""

import asyncio
import logging
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

    async def run(self) -> None:
        """Until it is cancelled. A failure is told in the log, and the next round takes up what was left."""
        while True:
            try:
                await run_in_threadpool(self._collector.collect)
                self.last = self._clock()
            except Exception as error:
                logger.warning("inbox: %s", type(error).__name__)  # the type only: the text may hold what was said
            await asyncio.sleep(EVERY_SECONDS)
