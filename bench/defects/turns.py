"""Whole turns with the real model and the real actions: how long they take, what they leave in Redis, and what is lost with it."""

import time
import uuid
from collections.abc import Sequence
from statistics import median

from rasa.core.agent import Agent

from bench.own_redis import OwnRedis

EARLY, LATE, WINDOW = 10, 150, 10
KEPT_TURNS = 10
AWAY_TURNS = 5


async def say(agent: Agent, texts: Sequence[str], sender: str = "") -> str:
    """A conversation; gives its id."""
    sender = sender or uuid.uuid4().hex
    for text in texts:
        await agent.handle_text(text, sender_id=sender)
    return sender


async def growing_ms(agent: Agent, texts: Sequence[str]) -> tuple[float, float]:
    """Milliseconds of a turn around turn 10 and around turn 150 of one conversation, with the same sentences both times."""
    half = WINDOW // 2
    spoken = list(texts[: LATE + half])
    spoken[LATE - half : LATE + half] = spoken[EARLY - half : EARLY + half]
    sender, times = uuid.uuid4().hex, []
    for text in spoken:
        begun = time.perf_counter()
        await agent.handle_text(text, sender_id=sender)
        times.append((time.perf_counter() - begun) * 1000)
    return round(median(times[EARLY - half : EARLY + half]), 1), round(median(times[LATE - half : LATE + half]), 1)


async def kept_bytes(agent: Agent, redis: OwnRedis, texts: Sequence[str]) -> int:
    """What a conversation of ten turns takes in Redis, median of three."""
    found = []
    for number in range(3):
        sender = await say(agent, texts[number * KEPT_TURNS : (number + 1) * KEPT_TURNS])
        found.append(redis.bytes_of(sender))
    return round(median(found))


async def without_redis(agent: Agent, redis: OwnRedis, texts: Sequence[str]) -> tuple[int, int]:
    """Redis is away for five turns: how many were answered and stand in no conversation afterwards; how many said that they failed."""
    sender = await say(agent, texts[:1])
    redis.kill()
    answered, failed = [], 0
    for text in texts[1 : 1 + AWAY_TURNS]:
        try:
            if await agent.handle_text(text, sender_id=sender):
                answered.append(text)
        except Exception:
            failed += 1
    redis.start()
    kept = await agent.tracker_store.retrieve(sender)
    said = {event.as_dict().get("text") for event in kept.events} if kept else set()
    return sum(text not in said for text in answered), failed
