"""``./lotse letters``: messages that could not be answered: when and why, never what was said; and sent once more."""

import asyncio
from datetime import datetime

import redis.asyncio as redis

from connectors.gateway.queue import Letter, Queue
from connectors.gateway.store import ConversationStore
from core.errors import Unavailable
from core.settings import Settings
from core.vault import Vault


def letters(settings: Settings, replay: bool) -> list[str]:
    """One line a message. ``replay`` puts those back whose conversation still goes on. Raises Unavailable when Redis is away."""
    return asyncio.run(_letters(settings, replay))


async def _letters(settings: Settings, replay: bool) -> list[str]:
    connection = redis.from_url(settings.redis_address, socket_timeout=2, socket_connect_timeout=2)
    vault = Vault(settings.secret("secret_key"))
    queue = Queue(connection, vault)
    store = ConversationStore(connection, vault, queue, settings.session_minutes * 60)
    try:
        found = await queue.letters()
        return [await _again(store, queue, letter) if replay else _line(letter) for letter in found]
    except redis.RedisError:
        raise Unavailable("Redis antwortet nicht. Läuft der Amtslotse? Starten Sie ihn mit ./lotse start.") from None
    finally:
        await connection.close(close_connection_pool=True)


def _line(letter: Letter) -> str:
    when = datetime.fromtimestamp(int(letter.entry.split("-")[0]) / 1000)
    return f"{when:%d.%m.%Y %H:%M:%S}  {letter.conversation}  {letter.reason}"


async def _again(store: ConversationStore, queue: Queue, letter: Letter) -> str:
    if letter.message is None or not await store.exists(letter.conversation):
        return f"beendet: {_line(letter)}"
    await store.take(letter.conversation, letter.message)
    await queue.remove(letter)
    return f"noch einmal: {_line(letter)}"
