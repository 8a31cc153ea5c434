"""What staff may read of a conversation: one masked entry a turn in a Redis Stream, written in the transaction that keeps the answer.

Readers are consumer groups. The stream is trimmed behind the slowest of them, never before it. A conversation that is deleted takes its
entries along, and leaves one that tells the readers to forget it.
"""

import json

import redis.asyncio as redis

from connectors.gateway.queue import Waiting
from connectors.gateway.schemas import Failure, Reply
from core.answer import plain_text
from language.masking import mask

STREAM = "lotse:verlauf"
# What stands for everything said inside a form: its values belong to the office, and to nobody else.
HIDDEN = "[Antrag]"
# Nobody has ever read: then the last of them, about a month of a city of 100,000.
UNREAD = 100_000
# Which entries are whose is known as long as the conversation is.
_ADD = """
redis.call('RPUSH', KEYS[2], redis.call('XADD', KEYS[1], '*', 'zug', ARGV[1]))
"""


def turn(waiting: Waiting, outcome: Reply | Failure) -> str:
    """One turn as JSON: ids, time in milliseconds, what was said and answered (masked; inside a form not at all), what was understood."""
    message = waiting.message
    said = message.text if message and message.payload is None else ""
    hidden = isinstance(outcome, Reply) and any(reply.vertraulich for reply in outcome.replies)
    payload = message.payload if message else None
    told = {
        "gespraech": waiting.conversation,
        "nachricht": outcome.message_id,
        "zeit": int(waiting.entry.split(b"-")[0]),
        "text": HIDDEN if hidden and said else mask(said or "")[0],
        "knopf": payload.partition("{")[0] if hidden and payload else payload,  # behind it stands which choice was made
    }
    if isinstance(outcome, Reply):
        told |= {
            "antworten": [HIDDEN if hidden else mask(plain_text(reply))[0] for reply in outcome.replies],
            "sprache": next((reply.sprache for reply in outcome.replies), None),
            "leistung": next((reply.leistung.id for reply in outcome.replies if reply.leistung), None),
            "intent": outcome.intent.model_dump() if outcome.intent else None,
            "ms": outcome.ms,
        }
    return json.dumps(told, ensure_ascii=False)


def add(pipe: "redis.client.Pipeline", own: str, told: str) -> None:
    """Writes a turn; ``own``: the list of the conversation's entries."""
    pipe.eval(_ADD, 2, STREAM, own, told)


async def forget(store: "redis.Redis", own: str, conversation: str) -> None:
    """Takes a conversation's entries out and tells the readers. Raises RedisError."""
    entries = await store.lrange(own, 0, -1)
    if entries:
        async with store.pipeline(transaction=True) as pipe:
            pipe.xdel(STREAM, *entries)
            pipe.xadd(STREAM, {"geloescht": conversation})
            pipe.delete(own)
            await pipe.execute()


async def trim(store: "redis.Redis") -> int:
    """Throws away what every group has read and acknowledged; the number of entries. Raises RedisError."""
    if not await store.exists(STREAM):
        return 0
    groups = await store.xinfo_groups(STREAM)
    if not groups:
        return int(await store.xtrim(STREAM, maxlen=UNREAD, approximate=True))
    needed = [await _needed(store, group) for group in groups]
    return int(await store.xtrim(STREAM, minid=min(needed, key=_place), approximate=False))


async def _needed(store: "redis.Redis", group: dict[str, bytes]) -> bytes:
    """The first entry that this group may still ask for."""
    pending = await store.xpending(STREAM, group["name"])
    first: bytes = pending["min"] or group["last-delivered-id"]
    return first


def _place(entry_id: bytes) -> tuple[int, int]:
    time, number = entry_id.split(b"-")
    return int(time), int(number)
