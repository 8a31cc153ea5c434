"""One worker at a time reads the queue; another process stands by and takes over a few seconds after the first is gone."""

import secrets

import redis.asyncio as redis

KEY = "lotse:warteschlange:arbeiter"
# A worker that says nothing for this long is gone; one that lives says so three times in it.
SECONDS = 6.0
EVERY_SECONDS = 2.0

_HOLD = """
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""
_RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end"


class Lease:
    """Of one process. Raises RedisError from every method."""

    def __init__(self, store: "redis.Redis") -> None:
        self._redis = store
        self._token = secrets.token_hex(8)

    async def hold(self) -> bool:
        """Takes or renews it; False where another process has it."""
        return bool(await self._redis.eval(_HOLD, 1, KEY, self._token, round(SECONDS * 1000)))

    async def release(self) -> None:
        """Gives it back, so that the next need not wait."""
        await self._redis.eval(_RELEASE, 1, KEY, self._token)
