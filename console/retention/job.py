"""Runs the retention once a day, in the process that serves the console."""

import asyncio
import logging
from contextlib import suppress

from console.retention.retention import Retention

logger = logging.getLogger(__name__)
# How often it is asked whether today's run is missing: after a failure, and after midnight.
EVERY_SECONDS = 600.0
# Not while everything starts at once.
FIRST_SECONDS = 30.0


class DailyJob:
    """Begins with the application and ends with it; a failure ends one try, never the job."""

    def __init__(self, retention: Retention, first: float = FIRST_SECONDS, every: float = EVERY_SECONDS) -> None:
        self._retention = retention
        self._first, self._every = first, every
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins, within the running event loop."""
        self._task = asyncio.create_task(self._forever())

    async def stop(self) -> None:
        """Ends it; a part that is being deleted is finished."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _forever(self) -> None:
        await asyncio.sleep(self._first)
        while True:
            try:
                if await asyncio.to_thread(self._retention.is_due):
                    await asyncio.to_thread(self._retention.run)
            except Exception as error:  # the database is away: asked again
                logger.error("retention: %s", type(error).__name__)
            await asyncio.sleep(self._every)
