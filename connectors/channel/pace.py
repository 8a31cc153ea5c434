"""Not faster than a platform takes messages."""

import asyncio
import time


class Pace:
    """At most ``rate`` a second, evenly."""

    def __init__(self, rate: float) -> None:
        self._interval = 1 / rate
        self._next = 0.0

    async def wait(self) -> None:
        """Until it is one's turn."""
        now = time.monotonic()
        self._next = max(now, self._next + self._interval)
        await asyncio.sleep(self._next - now)
