"""Where the bot answers now: the setting's address, or the one that the supervisor has moved it to when the model changed."""

import json
from contextlib import suppress

import redis
import redis.asyncio
from redis.exceptions import RedisError

KEY = "lotse:bot:adresse"


class BotAddress:
    """Asks Redis at each attempt (0.2 ms): a turn that begins after the move goes to the new place. Where Redis is away: the last known."""

    def __init__(self, store: "redis.asyncio.Redis", configured: str) -> None:
        self._redis = store
        self._configured = configured
        self._last = configured

    async def current(self) -> str:
        """The address, without a slash at its end."""
        with suppress(RedisError):
            self._last = _moved(await self._redis.get(KEY), self._configured)
        return self._last


def _moved(told: bytes | None, configured: str) -> str:
    """A move counts for the address it names only: one of an earlier start, with other ports, is none."""
    move = json.loads(told) if told else {}
    return str(move["jetzt"]) if move.get("statt") == configured else configured


def move(store: "redis.Redis", configured: str, now: str) -> None:
    """Sends the gateways whose setting says ``configured`` to ``now``. Raises RedisError."""
    store.set(KEY, json.dumps({"statt": configured, "jetzt": now}))
