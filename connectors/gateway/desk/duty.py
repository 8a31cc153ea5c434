"""Who of the staff is on duty: as long as their page is open."""

import time

import redis.asyncio as redis

UNTIL = "lotse:beratung:dienst"
NAMES = "lotse:beratung:namen"


class Duty:
    """``seconds``: so long after the page was last seen somebody counts as there. Raises RedisError."""

    def __init__(self, store: "redis.Redis", seconds: float) -> None:
        self._redis = store
        self._seconds = seconds

    async def begin(self, who: str, name: str) -> None:
        """On duty; ``name``: as citizens see them, empty for none."""
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.zadd(UNTIL, {who: time.time() + self._seconds})
            pipe.hset(NAMES, who, name)
            await pipe.execute()

    async def seen(self, who: str) -> bool:
        """Their page is open; whether they are on duty."""
        await self._redis.zremrangebyscore(UNTIL, 0, time.time())
        await self._redis.zadd(UNTIL, {who: time.time() + self._seconds}, xx=True)
        return await self._redis.zscore(UNTIL, who) is not None

    async def end(self, who: str) -> None:
        """Off duty. What they have taken stays theirs."""
        await self._redis.zrem(UNTIL, who)

    async def name(self, who: str) -> str:
        """As citizens see them; empty for none."""
        kept: bytes | None = await self._redis.hget(NAMES, who)
        return (kept or b"").decode()

    async def everybody(self) -> list[str]:
        """Who is on duty."""
        return sorted(one.decode() for one in await self._redis.zrangebyscore(UNTIL, time.time(), "+inf"))

    async def anybody(self) -> bool:
        """Whether somebody is."""
        return bool(await self._redis.zcount(UNTIL, time.time(), "+inf"))
