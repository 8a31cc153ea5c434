"""What the city tells everybody for a time: an office is closed, a system is down. Kept in Redis; who reads sees changes within 5 s."""

from datetime import timedelta
from time import monotonic

import redis.asyncio as redis

from connectors.gateway.schemas import Hinweis
from core.clock import Clock, now
from core.errors import BadInput

KEPT = "lotse:hinweise"
CACHE_SECONDS = 5.0
# More than these nobody reads.
MOST = 20
LONGEST = timedelta(days=366)


class Notices:
    """One per process. ``clock`` is the seam for tests. Raises RedisError."""

    def __init__(self, store: "redis.Redis", clock: Clock = now) -> None:
        self._redis = store
        self._clock = clock
        self._read = -CACHE_SECONDS
        self._kept: list[Hinweis] = []

    async def all(self) -> list[Hinweis]:
        """Those of now and of later, first those that begin first; what is over is thrown away."""
        kept = [Hinweis.model_validate_json(one) for one in await self._redis.hvals(KEPT)]
        over = [one.id for one in kept if one.bis <= self._clock()]
        if over:
            await self._redis.hdel(KEPT, *over)
        return sorted((one for one in kept if one.id not in over), key=lambda one: (one.von, one.id))

    async def current(self) -> list[Hinweis]:
        """Those of now."""
        if monotonic() - self._read >= CACHE_SECONDS:
            self._kept = await self.all()
            self._read = monotonic()
        moment = self._clock()
        return [one for one in self._kept if one.von <= moment < one.bis]

    async def put(self, notice: Hinweis) -> None:
        """Sets one, or another in the place of the one with its id. Raises BadInput."""
        if not notice.von < notice.bis or notice.bis <= self._clock() or notice.bis - notice.von > LONGEST:
            raise BadInput("Das Ende muss nach dem Beginn und in der Zukunft liegen, höchstens ein Jahr später.")
        if len(await self.all()) >= MOST and not await self._redis.hexists(KEPT, notice.id):
            raise BadInput(f"Mehr als {MOST} Hinweise sind nicht möglich. Bitte nehmen Sie zuerst einen weg.")
        await self._redis.hset(KEPT, notice.id, notice.model_dump_json())
        self._read = -CACHE_SECONDS

    async def remove(self, key: str) -> bool:
        """Takes one away; whether it was there."""
        self._read = -CACHE_SECONDS
        return bool(await self._redis.hdel(KEPT, key))
