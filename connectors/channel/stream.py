"""A Redis Stream that one process reads: what was handed out and not finished is handed out again after a restart."""

from collections.abc import Mapping
from dataclasses import dataclass

import redis.asyncio as redis
from redis.exceptions import ResponseError

GROUP = CONSUMER = "lotse"
AT_ONCE = 100


@dataclass(frozen=True)
class Entry:
    """``id``: where it lies, growing; ``fields`` as they were written."""

    id: str
    fields: Mapping[bytes, bytes]


class Stream:
    """Raises RedisError from every method."""

    def __init__(self, store: "redis.Redis", name: str) -> None:
        self.name = name
        self._redis = store

    async def read(self, after: str, milliseconds: int) -> list[Entry]:
        """Entries handed out before with an id above ``after``; with ">" new ones, waited for."""
        block = milliseconds if after == ">" else None
        try:
            found = await self._redis.xreadgroup(GROUP, CONSUMER, {self.name: after}, count=AT_ONCE, block=block)
        except ResponseError:
            # The group is not there yet, or the stream has expired and taken it along.
            await self._prepare()
            return []
        return [Entry(id.decode(), fields or {}) for _, entries in found for id, fields in entries]

    async def _prepare(self) -> None:
        try:
            await self._redis.xgroup_create(self.name, GROUP, id="0", mkstream=True)
        except ResponseError as error:
            if "BUSYGROUP" not in str(error):
                raise

    async def finish(self, entry: Entry) -> None:
        """Takes an entry out."""
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.xack(self.name, GROUP, entry.id)
            pipe.xdel(self.name, entry.id)
            await pipe.execute()
