"""What staff may read of a conversation: one masked entry a turn in a Redis Stream, written in the transaction that keeps the answer.

An entry is a ``zug`` (a turn), a ``bewertung`` (thumbs, or the closing question) or ``geloescht``. Readers are consumer groups. The stream
is trimmed behind the slowest of them, never before it. A conversation that is deleted takes its entries along, and leaves one that tells
the readers to forget it.
"""

import json
import time
from dataclasses import dataclass, field
from typing import Literal

import redis.asyncio as redis

from connectors.gateway.origin import Origin
from connectors.gateway.queue import Waiting
from connectors.gateway.schemas import Failure, Reply
from core.answer import plain_text
from language.masking import mask

STREAM = "lotse:verlauf"
# What stands for everything said inside a form: its values belong to the office, and to nobody else.
HIDDEN = "[Antrag]"
# What stands for a citizen's message where the desk begins: a person writes, takes the conversation, gives it back.
DESK = "/beratung"
# Nobody has ever read: then the last of them, about a month of a city of 100,000.
UNREAD = 100_000
# What was thought of besides: more than three nobody looks at.
MOST_CANDIDATES = 3
# Which entries are whose is known as long as the conversation is.
_ADD = """
redis.call('RPUSH', KEYS[2], redis.call('XADD', KEYS[1], '*', ARGV[1], ARGV[2]))
"""
Kind = Literal["zug", "bewertung"]
Scored = list[tuple[str, float]]


@dataclass(frozen=True)
class Understood:
    """What the bot made of a message: intents and services with their scores, best first; seconds of each stage; the model's name."""

    ranking: Scored = field(default_factory=list)
    services: Scored = field(default_factory=list)
    fallback: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    model: str | None = None


def turn(waiting: Waiting, outcome: Reply | Failure, origin: Origin, understood: Understood) -> str:
    """One turn as JSON: ids, time in milliseconds, what was said and answered (masked; inside a form not at all), what was understood."""
    message = waiting.message
    said = message.text if message and message.payload is None else ""
    # Whether a turn that failed stood in a form nobody can tell: then its words are not kept either.
    hidden = isinstance(outcome, Failure) or any(reply.vertraulich for reply in outcome.replies)
    payload = message.payload if message else None
    if message and message.amt:
        payload = DESK
    told = {
        "gespraech": waiting.conversation,
        "nachricht": outcome.message_id,
        "zeit": int(waiting.entry.split(b"-")[0]),
        "kanal": origin.kanal,
        "pruefung": origin.pruefung,
        "text": HIDDEN if hidden and said else mask(said or "")[0],
        "knopf": payload.partition("{")[0] if hidden and payload else payload,  # behind it stands which choice was made
        "sekunden": {stage: round(seconds, 4) for stage, seconds in understood.seconds.items()},
    }
    if isinstance(outcome, Reply):
        told |= {
            "antworten": [HIDDEN if hidden else mask(plain_text(reply))[0] for reply in outcome.replies],
            "sprache": next((reply.sprache for reply in outcome.replies), None),
            "leistung": next((reply.leistung.id for reply in outcome.replies if reply.leistung), None),
            "ms": outcome.ms,
            "modell": understood.model,
        }
        # What is typed into a form is a value and no question: what the NLU makes of it says nothing of the NLU, and may tell the value.
        told |= {} if hidden else _judged(outcome, understood)
    return json.dumps(told, ensure_ascii=False)


def _judged(outcome: Reply, understood: Understood) -> dict[str, object]:
    replies = outcome.replies
    return {
        "intent": outcome.intent.model_dump() if outcome.intent else None,
        "kandidaten": {"absichten": _best(understood.ranking), "leistungen": _best(understood.services)},
        "fallback": understood.fallback or any(reply.nicht_verstanden for reply in replies),
        "rueckfrage": any(reply.rueckfrage for reply in replies),
        "ohne_auskunft": any(reply.ohne_auskunft for reply in replies),
    }


def _best(scored: Scored) -> Scored:
    return [(name, round(score, 4)) for name, score in scored[:MOST_CANDIDATES]]


def rating(conversation: str, message_id: str, up: bool, reason: str | None) -> str:
    """Thumbs up or down for one answer, with the reason (a key of schemas.REASONS, or masked words)."""
    told = {"gespraech": conversation, "nachricht": message_id, "daumen": 1 if up else -1, "grund": mask(reason)[0] if reason else None}
    return json.dumps(told | {"zeit": _now()}, ensure_ascii=False)


def solved(conversation: str, yes: bool) -> str:
    """The answer to the closing question."""
    return json.dumps({"gespraech": conversation, "geloest": yes, "zeit": _now()})


def _now() -> int:
    return round(time.time() * 1000)


def add(pipe: "redis.client.Pipeline", own: str, kind: Kind, told: str) -> None:
    """Writes an entry; ``own``: the list of the conversation's entries."""
    pipe.eval(_ADD, 2, STREAM, own, kind, told)


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
