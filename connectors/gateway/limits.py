"""How often: new conversations per address and messages per conversation, counted in Redis for all processes."""

import redis.asyncio as redis

from connectors.gateway.texts import texts
from core.errors import TooMany
from core.network import network
from core.vault import Vault

SECONDS = 60


class Limits:
    """Counters that begin with the first request and live for a minute. Addresses are kept as pseudonyms only."""

    def __init__(self, store: "redis.Redis", vault: Vault) -> None:
        self._redis = store
        self._vault = vault

    async def address(self, address: str, most: int) -> None:
        """Counts one new conversation from ``address``. Raises TooMany; 0 means no limit."""
        await self._count(f"lotse:grenze:{self._vault.pseudonym(network(address))}", most)

    async def conversation(self, conversation: str, most: int) -> None:
        """Counts one message. Raises TooMany; 0 means no limit."""
        await self._count(f"lotse:gespraech:{conversation}:grenze", most)

    async def _count(self, key: str, most: int) -> None:
        if most == 0:
            return
        async with self._redis.pipeline(transaction=True) as pipe:
            # SET NX before INCR: a counter without an end cannot be left behind (EXPIRE NX needs Redis 7).
            pipe.set(key, 0, ex=SECONDS, nx=True)
            pipe.incr(key)
            _, count = await pipe.execute()
        if count > most:
            raise TooMany(texts().zu_viele)
