"""How far an answer has got on its way to a messenger; it expires with the conversation. Raises RedisError from every method.

That its last message has arrived is noted nowhere: then its entry leaves the outbox, which is one write less.
"""

import redis.asyncio as redis

from connectors.gateway.store import DELIVERED, PREFIX

# The answer of which a message is with the platform right now.
OPEN = "unterwegs"


class Progress:
    """Of one answer, which is event ``number`` of its conversation and becomes one or more messages."""

    def __init__(self, store: "redis.Redis", conversation: str, number: int, seconds: int) -> None:
        self._redis = store
        self._key = PREFIX + conversation + DELIVERED
        self._number = str(number)
        self._seconds = seconds

    async def done(self) -> int:
        """How many messages have arrived."""
        return int(await self._redis.hget(self._key, self._number) or 0)

    async def open(self) -> bool:
        """Whether a message was with the platform when we heard the last of it."""
        return bool(await self._redis.hget(self._key, OPEN) == self._number.encode())

    async def begin(self, place: int) -> None:
        """The message at ``place`` goes to the platform; those before it have arrived."""
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.hset(self._key, mapping={self._number: place, OPEN: self._number})
            pipe.expire(self._key, self._seconds)
            await pipe.execute()

    async def failed(self) -> None:
        """The platform has not taken it, and has said so."""
        await self._redis.hdel(self._key, OPEN)
