"""Deliveries of a messenger, taken once: sealed in a Redis Stream before the platform gets its answer."""

import redis.asyncio as redis
from cryptography.fernet import InvalidToken

from connectors.channel.incoming import Incoming
from connectors.channel.stream import Entry
from core.channels import Channel
from core.errors import Unavailable
from core.vault import Vault

STREAM = "lotse:eingang:{}"
# Telegram keeps an update for 24 hours; what is older than this is answered by nobody (connectors/channel/reception.py).
REMEMBERED_SECONDS = 25 * 3600
# The same bound as the bot's queue.
MOST_WAITING = 5000

# Taken once: no message is marked as known without lying in the stream. In one call, because the platform waits for it.
_PUT = """
if redis.call('XLEN', KEYS[2]) >= tonumber(ARGV[3]) then return -1 end
if not redis.call('SET', KEYS[1], '1', 'NX', 'EX', ARGV[1]) then return 0 end
redis.call('XADD', KEYS[2], '*', 'inhalt', ARGV[2])
return 1
"""


class Inbox:
    """Of one channel. The platform's ids are kept as pseudonyms: WhatsApp's hold the telephone number."""

    def __init__(self, store: "redis.Redis", vault: Vault, channel: Channel) -> None:
        self.stream = STREAM.format(channel)
        self._redis = store
        self._vault = vault
        self._channel = channel

    async def put(self, messages: list[Incoming]) -> int:
        """Takes them in their order; how many were new. Raises Unavailable when too many wait, RedisError."""
        async with self._redis.pipeline(transaction=True) as pipe:
            for message in messages:
                known = f"lotse:bekannt:{self._vault.pseudonym(f'{self._channel} {message.id}')}"
                sealed = self._vault.seal(message.model_dump_json().encode())
                pipe.eval(_PUT, 2, known, self.stream, REMEMBERED_SECONDS, sealed, MOST_WAITING)
            taken: list[int] = await pipe.execute()
        if -1 in taken:
            # Those before it are known when the platform delivers all of them again.
            raise Unavailable("Zu viele Nachrichten warten.")
        return sum(taken)

    async def place(self, entry: Entry) -> tuple[str, int] | None:
        """Whose message it is and where it belongs among the chat's others."""
        message = self.opened(entry)
        return (message.chat, message.order) if message else None

    def opened(self, entry: Entry) -> Incoming | None:
        """The message of an entry; None where it was sealed with an earlier key."""
        try:
            return Incoming.model_validate_json(self._vault.open(entry.fields[b"inhalt"]))
        except (InvalidToken, ValueError, KeyError):
            return None
