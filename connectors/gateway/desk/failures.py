"""How many questions in a row the bot could not answer."""

import redis.asyncio as redis

from connectors.gateway.keys import PREFIX

KEPT = ":fehlversuche"


class Failures:
    """Of one Redis. Raises RedisError."""

    def __init__(self, store: "redis.Redis", seconds: int) -> None:
        self._redis = store
        self._seconds = seconds

    async def count(self, conversation: str, failed: bool) -> int:
        """Counts one answer; failures in a row with it. The second of two begins anew, so that nobody is offered the same each time."""
        key = PREFIX + conversation + KEPT
        if not failed:
            await self._redis.delete(key)
            return 0
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.incr(key)
            pipe.expire(key, self._seconds)
            number: int = (await pipe.execute())[0]
        if number > 1:
            await self._redis.delete(key)
        return number
