"""Many messages at once, and a gateway that dies with many waiting: each is answered once, in its order."""

import asyncio
import os
import signal

import pytest
import redis

from tests.conftest import Stack
from tests.stack.evidence import Evidence, citizens

pytestmark = [pytest.mark.stack, pytest.mark.faults]

SERVICES = {
    "reisepass": "Was kostet ein Reisepass?",
    "personalausweis": "Was kostet ein Personalausweis?",
    "fischereischein": "Was kostet ein Fischereischein?",
}


def question(number: int) -> tuple[str, str]:
    """(service, question) of the message with this number: no two that follow one another ask the same."""
    return list(SERVICES.items())[number % len(SERVICES)]


def waiting(stack: Stack) -> int:
    with redis.from_url(stack.settings.redis_address) as store:
        return sum(store.xlen(key) for key in store.scan_iter("lotse:warteschlange:*", _type="stream"))


async def test_a_thousand_deliveries_of_one_message_are_one_turn(stack: Stack) -> None:
    evidence = Evidence(stack)
    async with citizens(stack, 1) as (citizen,):
        answers = await asyncio.gather(*(citizen.send("Was kostet ein Reisepass?", "gleich", wait=True) for _ in range(1000)))
        assert citizen.refused == []
        assert len({answer.text for answer in answers}) == 1
        assert await citizen.seen(1) == [("gleich", "reisepass")]
    course = evidence.of(citizen)
    assert course.taken == course.turns == course.answered == ["gleich"]


async def test_twenty_messages_of_one_conversation_at_once_keep_their_order(stack: Stack) -> None:
    evidence = Evidence(stack)
    async with citizens(stack, 1) as (citizen,):
        await asyncio.gather(*(citizen.send(question(number)[1], str(number)) for number in range(20)))
        seen = await citizen.seen(20)
    course = evidence.of(citizen)
    assert sorted(course.taken, key=int) == [str(number) for number in range(20)]
    # Sent at once they come in any order; the order in which they were taken is the one that counts from then on.
    assert course.turns == course.answered == course.taken
    assert seen == [(message, question(int(message))[0]) for message in course.taken]


async def test_a_gateway_killed_with_five_hundred_waiting(stack: Stack) -> None:
    evidence = Evidence(stack)
    async with citizens(stack, 25) as crowd:
        # With Rasa away they all wait; it comes back after the gateway.
        os.kill(stack.pid_of("rasa"), signal.SIGKILL)
        for number in range(20):
            await asyncio.gather(*(citizen.send(question(number)[1], str(number)) for citizen in crowd))
        assert waiting(stack) == 500
        os.kill(stack.pid_of("web"), signal.SIGKILL)
        expected = [(str(number), question(number)[0]) for number in range(20)]
        for seen in await asyncio.gather(*(citizen.seen(20) for citizen in crowd)):
            assert seen == expected
    for citizen in crowd:
        course = evidence.of(citizen)
        assert course.taken == course.turns == course.answered == [message for message, _ in expected]
    assert waiting(stack) == 0
    stack.wait_until_ready()
