"""Which conversation a chat has, and where a conversation's answers go. The platform's id is personal data: sealed, or a pseudonym."""

import time

import redis.asyncio as redis
from pydantic import BaseModel, ConfigDict

from connectors.gateway.origin import Origin
from connectors.gateway.store import ADDRESS, PREFIX, ConversationStore
from core.channels import Channel
from core.vault import Vault

CHAT = "lotse:chat:{}"


class Address(BaseModel):
    """Where to send, and when its owner wrote last (seconds since 1970)."""

    model_config = ConfigDict(frozen=True)

    chat: str
    wrote: float


class People:
    """Of one channel. Both ways expire with the conversation. Raises RedisError from every method."""

    def __init__(self, store: "redis.Redis", vault: Vault, conversations: ConversationStore, channel: Channel, seconds: int) -> None:
        self._redis = store
        self._vault = vault
        self._conversations = conversations
        self._channel = channel
        self._seconds = seconds

    def pseudonym(self, chat: str) -> str:
        """A name for the chat that nobody can turn back."""
        return self._vault.pseudonym(f"{self._channel} {chat}")

    async def conversation(self, chat: str) -> str | None:
        """The chat's conversation that goes on; None where there is none."""
        kept: bytes | None = await self._redis.get(CHAT.format(self.pseudonym(chat)))
        return kept.decode() if kept and await self._conversations.exists(kept.decode()) else None

    async def begin(self, chat: str) -> str:
        """A new conversation that has an address, but is not the chat's until ``keep``."""
        conversation, _ = await self._conversations.create(Origin(self._channel))
        await self._redis.set(PREFIX + conversation + ADDRESS, self.sealed(chat), ex=self._seconds)
        return conversation

    async def keep(self, conversation: str, chat: str) -> None:
        """It is the chat's for as long as it goes on, from now."""
        # At once: each write by itself waits for the disk.
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.set(CHAT.format(self.pseudonym(chat)), conversation, ex=self._seconds)
            pipe.set(PREFIX + conversation + ADDRESS, self.sealed(chat), ex=self._seconds)
            await pipe.execute()

    def sealed(self, chat: str) -> bytes:
        """The address of somebody who writes just now."""
        return self._vault.seal(Address(chat=chat, wrote=time.time()).model_dump_json().encode())

    def opened(self, sealed: bytes) -> Address:
        """An address. Raises InvalidToken."""
        return Address.model_validate_json(self._vault.open(sealed))

    async def address(self, conversation: str) -> Address | None:
        """Where its answers go; None where it is over."""
        sealed: bytes | None = await self._redis.get(PREFIX + conversation + ADDRESS)
        return self.opened(sealed) if sealed else None

    async def forget(self, chat: str) -> None:
        """The chat has no conversation any more."""
        await self._redis.delete(CHAT.format(self.pseudonym(chat)))
