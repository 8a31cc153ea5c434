"""A fault in the midst of a turn: nothing is lost or done twice, the order is kept, and the citizen is told."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

import pytest

from connectors.gateway.texts import texts
from tests.conftest import Stack
from tests.stack.browser import citizens
from tests.stack.evidence import Evidence, at_the_bot, stopped

pytestmark = [pytest.mark.stack, pytest.mark.faults]

# (service, question): the second goes on from the first, so that a topic that is lost shows.
QUESTIONS = [
    ("reisepass", "Was kostet ein Reisepass?"),
    ("reisepass", "und welche Unterlagen?"),
    ("personalausweis", "Was kostet ein Personalausweis?"),
]
Fault = Callable[[Stack], AbstractAsyncContextManager[None]]


def killed(name: str) -> Fault:
    """The process is killed; the supervisor starts it again."""

    @asynccontextmanager
    async def fault(stack: Stack) -> AsyncIterator[None]:
        os.kill(stack.pid_of(name), signal.SIGKILL)
        yield

    return fault


@asynccontextmanager
async def redis_paused(stack: Stack) -> AsyncIterator[None]:
    """Redis stands still for 10 s."""
    with stopped(stack.pid_of("redis")):
        yield
        await asyncio.sleep(10)


@pytest.mark.parametrize(
    "fault",
    [killed("redis"), redis_paused, killed("actions"), killed("rasa")],
    ids=["redis restarted", "redis paused", "actions killed", "rasa killed"],
)
async def test_a_fault_in_the_midst_of_a_turn(stack: Stack, fault: Fault) -> None:
    evidence = Evidence(stack)
    async with citizens(stack, 5) as crowd, AsyncExitStack() as ending:
        # The actions stand still, so that the turns surely run when the fault comes.
        with stopped(stack.pid_of("actions")):
            for number, (_, question) in enumerate(QUESTIONS):
                for citizen in crowd:
                    await citizen.send(question, f"m{number}")
            await at_the_bot(stack, crowd)
            await asyncio.sleep(0.2)  # from the lock to the action
            await ending.enter_async_context(fault(stack))
        await ending.aclose()
        expected = [(f"m{number}", service) for number, (service, _) in enumerate(QUESTIONS)]
        for citizen in crowd:
            assert [(event.message, event.service) for event in await citizen.seen(3)] == expected
    for citizen in crowd:
        course = evidence.of(citizen)
        assert course.taken == course.turns == course.answered == ["m0", "m1", "m2"]
    stack.wait_until_ready()


async def test_a_turn_that_outlived_its_deadline_is_not_done_again(stack: Stack) -> None:
    """The actions hang longer than a citizen waits; the turn ends all the same, and is kept when its message is sent again later."""
    evidence = Evidence(stack)
    async with citizens(stack, 1) as (citizen,):
        with stopped(stack.pid_of("actions")):
            await citizen.send("Was kostet ein Reisepass?", "m0")
            assert [event.told for event in await citizen.seen(1)] == [texts().nicht_erreichbar]
        await citizen.send("Was kostet ein Personalausweis?", "m1", wait=True)
        await citizen.send("Was kostet ein Reisepass?", "m0", wait=True)
        seen = [(event.message, event.service) for event in await citizen.seen(3)]
    assert seen == [("m0", None), ("m1", "personalausweis"), ("m0", "reisepass")]
    course = evidence.of(citizen)
    assert course.turns == ["m0", "m1"]
    assert course.answered == ["m1", "m0"]
