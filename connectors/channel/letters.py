"""Dead letters of a channel, beside those of the bot (``./lotse letters``): which conversation and why, nothing of what was said."""

import logging
import time

import redis.asyncio as redis

from connectors.gateway.queue import DEAD
from core.channels import Channel

logger = logging.getLogger(__name__)


class Letters:
    """Kept for ``seconds``, as long as a conversation is."""

    def __init__(self, store: "redis.Redis", channel: Channel, seconds: int) -> None:
        self._redis = store
        self._channel = channel
        self._seconds = seconds

    async def add(self, conversation: str, reason: str) -> None:
        """Lays one aside; no conversation where it has none any more. Raises RedisError."""
        logger.warning("%s: not delivered: %s", self._channel, reason)
        entry = {"gespraech": conversation or "-", "grund": f"{self._channel}: {reason}", "inhalt": b""}
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.xadd(DEAD, entry, minid=f"{round((time.time() - self._seconds) * 1000)}")
            pipe.expire(DEAD, self._seconds)
            await pipe.execute()
