"""Wishes to be called back: sealed, one a conversation, gone when done or after some days. They outlive the conversation."""

import json
import time

import phonenumbers
import redis.asyncio as redis
from cryptography.fernet import InvalidToken
from pydantic import BaseModel

from core.vault import Vault

KEPT = "lotse:rueckruf:"
LISTED = "lotse:rueckrufe"
DAY = 86400


class Callback(BaseModel):
    """A wish in clear. ``seit``: Unix seconds."""

    gespraech: str
    nummer: str
    wunsch: str
    seit: float


class Callbacks:
    """Raises RedisError."""

    def __init__(self, store: "redis.Redis", vault: Vault, days: int) -> None:
        self._redis = store
        self._vault = vault
        self._seconds = days * DAY

    @staticmethod
    def number(text: str) -> str | None:
        """The telephone number in a text, as it is dialled from Germany; None where there is none that exists."""
        found = next(iter(phonenumbers.PhoneNumberMatcher(text, "DE", leniency=phonenumbers.Leniency.VALID)), None)
        if found is None:
            return None
        home = found.number.country_code == 49
        form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
        return str(phonenumbers.format_number(found.number, form))

    async def keep(self, conversation: str, number: str, wish: str) -> None:
        """Takes it in; a later one of the same conversation takes its place."""
        moment = time.time()
        sealed = self._vault.seal(json.dumps([number, wish[:1000], moment]).encode())
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.set(KEPT + conversation, sealed, ex=self._seconds)
            pipe.zadd(LISTED, {conversation: moment})
            await pipe.execute()

    async def all(self) -> list[Callback]:
        """Those not done, oldest first."""
        found = []
        for raw in await self._redis.zrange(LISTED, 0, -1):
            conversation = raw.decode()
            sealed: bytes | None = await self._redis.get(KEPT + conversation)
            try:
                number, wish, moment = json.loads(self._vault.open(sealed or b""))
            except InvalidToken:  # its days are over, or it was sealed with an earlier key
                await self.forget(conversation)
                continue
            found.append(Callback(gespraech=conversation, nummer=number, wunsch=wish, seit=moment))
        return found

    async def forget(self, conversation: str) -> bool:
        """Deletes it; whether it was there."""
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.delete(KEPT + conversation)
            pipe.zrem(LISTED, conversation)
            return bool((await pipe.execute())[0])
