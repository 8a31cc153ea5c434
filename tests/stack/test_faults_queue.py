"""Many messages at once, and a gateway that dies with many waiting: each is answered once, in its order."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import redis

from connectors.gateway.lease import EVERY_SECONDS, KEY
from tests.conftest import Stack
from tests.stack.browser import citizens
from tests.stack.evidence import Evidence, at_the_bot

pytestmark = [pytest.mark.stack, pytest.mark.faults]

# (intent, what is said): no two messages that follow one another are the same.
SAID = [("begruessung", "Hallo"), ("dank", "Vielen Dank"), ("bot_frage", "Sind Sie ein Roboter?")]


def said(number: int) -> tuple[str, str]:
    """What the message with this number says."""
    return SAID[number % len(SAID)]


def store_of(stack: Stack) -> redis.Redis:
    return redis.from_url(stack.settings.redis_address)


def waiting(stack: Stack) -> int:
    """Messages that wait or are at the bot."""
    with store_of(stack) as store:
        return sum(store.xlen(key) for key in store.scan_iter("lotse:warteschlange:*", _type="stream"))


@asynccontextmanager
async def standing_by(stack: Stack) -> AsyncIterator[None]:
    """The gateway takes messages and works on none meanwhile, because another process has its lease."""
    with store_of(stack) as store:
        store.set(KEY, "another")
        await asyncio.sleep(EVERY_SECONDS + 1.5)  # until it has noticed, and has given up its last look into the queue
        yield
        store.delete(KEY)


async def test_a_thousand_deliveries_of_one_message_are_one_turn(stack: Stack) -> None:
    evidence = Evidence(stack)
    async with citizens(stack, 1) as (citizen,):
        await asyncio.gather(*(citizen.send("Was kostet ein Reisepass?", "gleich") for _ in range(1000)))
        assert citizen.refused == 0
        assert [(event.message, event.service) for event in await citizen.seen(1)] == [("gleich", "reisepass")]
    course = evidence.of(citizen)
    assert course.taken == course.turns == course.answered == ["gleich"]


async def test_twenty_messages_of_one_conversation_at_once_keep_their_order(stack: Stack) -> None:
    evidence = Evidence(stack)
    async with citizens(stack, 1) as (citizen,):
        await asyncio.gather(*(citizen.send(said(number)[1], str(number)) for number in range(20)))
        seen = await citizen.seen(20)
    course = evidence.of(citizen)
    assert sorted(course.taken, key=int) == [str(number) for number in range(20)]
    # Sent at once they come in any order; the order in which they were taken is the one that counts from then on.
    assert course.turns == course.answered == course.taken
    assert [(event.message, event.intent) for event in seen] == [(message, said(int(message))[0]) for message in course.taken]


async def test_a_gateway_killed_with_five_hundred_waiting(stack: Stack) -> None:
    evidence = Evidence(stack)
    async with citizens(stack, 25) as crowd:
        async with standing_by(stack):
            for number in range(20):
                await asyncio.gather(*(citizen.send(said(number)[1], str(number)) for citizen in crowd))
            assert waiting(stack) == 500
        await at_the_bot(stack, crowd, most=1)
        os.kill(stack.pid_of("web"), signal.SIGKILL)
        assert waiting(stack) > 450
        seen = await asyncio.gather(*(citizen.seen(20) for citizen in crowd))
    expected = [(str(number), said(number)[0]) for number in range(20)]
    for citizen, events in zip(crowd, seen, strict=True):
        assert [(event.message, event.intent) for event in events] == expected
        course = evidence.of(citizen)
        assert course.taken == course.turns == course.answered == [message for message, _ in expected]
    assert waiting(stack) == 0
    stack.wait_until_ready()
