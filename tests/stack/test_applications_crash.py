"""A crash at each step of sending an application: there is exactly one in the end, and the citizen is told the truth."""

import asyncio
import os
import re
import signal
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager

import pytest

from actions.antrag.texts import tell
from core.answer import plain_text
from tests.conftest import Stack
from tests.stack.browser import Citizen, citizens
from tests.stack.evidence import at_the_bot, stopped

pytestmark = [pytest.mark.stack, pytest.mark.faults, pytest.mark.apply]

FORM = [
    "Wo bekomme ich eine Meldebescheinigung?", "Jetzt hier beantragen", "Für mich selbst", "Erika", "Zwetschgenbaum", "12.3.1985",
    "Pflaumenweg 173", "67655", "zwei", "für die Bank", "erika.zwetschge@example.org",
]  # fmt: skip


# What is said where nobody knows whether it arrived, or where the draft could not be read.
NOT_SURE = (tell("ausgefallen_absenden"), tell("ausgefallen"))


def numbers(stack: Stack) -> set[str]:
    """The case numbers of all applications."""
    with closing(sqlite3.connect(stack.settings.home / "catalogue.sqlite")) as database:
        return {row[0] for row in database.execute("select vorgangsnummer from antrag_vorgang")}


@contextmanager
def locked(stack: Stack) -> Iterator[None]:
    """Nobody else can write to the catalogue's database meanwhile."""
    with closing(sqlite3.connect(stack.settings.home / "catalogue.sqlite", isolation_level=None)) as database:
        database.execute("begin immediate")
        yield
        database.execute("rollback")


@asynccontextmanager
async def filled_in(stack: Stack) -> AsyncIterator[Citizen]:
    """A citizen whose form is ready to be sent."""
    stack.wait_until_ready()
    async with citizens(stack, 1) as (citizen,):
        for number, text in enumerate(FORM):
            await citizen.send(text, f"m{number}", wait=True)
        assert "Soll ich den Antrag absenden?" in ((await citizen.seen(len(FORM)))[-1].text or "")
        yield citizen


async def receipt(stack: Stack, citizen: Citizen, message: str = "senden") -> str:
    """What is said to this message in the end: after a failure the browser sends it again, under the same id."""
    count = len(FORM)
    while True:
        count += 1
        event = (await citizen.seen(count))[-1]
        if (event.text or "").startswith(NOT_SURE):  # honest: the citizen presses once more in a minute, as the text says
            stack.wait_until_ready()
            message = f"noch-einmal-{count}"
            await citizen.send("Absenden", message)
        elif event.told:
            await citizen.send("Absenden", message)
        elif event.message == message:
            return event.text or ""


def status(stack: Stack, number: str, told: str) -> str:
    """What is said to number and PIN of this receipt; a citizen who hears of an outage asks again."""
    pin = re.search(r"PIN: (\d{8})", told)
    assert pin, told
    talk = stack.conversation()
    for _ in range(10):
        answer = "\n".join(map(plain_text, talk.say(f"Wie steht es um {number}? PIN {pin[1]}")["replies"]))
        if "eingegangen" in answer:
            break
        time.sleep(1)
    return answer


async def wait_for(condition: Callable[[], bool], seconds: float = 2.5) -> None:
    """Asks every 10 ms, until the time is over."""
    for _ in range(int(seconds * 100)):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("not in time")


async def test_killed_before_it_was_made(stack: Stack) -> None:
    """The catalogue dies with the request in its hands: nothing was sent, nobody says so, and the next try sends it."""
    before = numbers(stack)
    async with filled_in(stack) as citizen:
        with locked(stack):
            await citizen.send("Absenden", "senden")
            await at_the_bot(stack, [citizen])
            await asyncio.sleep(0.5)
            os.kill(stack.pid_of("catalogue"), signal.SIGKILL)
        assert (await citizen.seen(len(FORM) + 1))[-1].text == tell("ausgefallen_absenden")
        assert numbers(stack) == before
        stack.wait_until_ready()
        told = await receipt(stack, citizen)
    (number,) = numbers(stack) - before
    assert number in told
    assert "eingegangen" in status(stack, number, told)


@pytest.mark.parametrize("victim", ["catalogue", "actions", "rasa", "redis", "web"])
async def test_killed_after_it_was_made(stack: Stack, victim: str) -> None:
    """The application is made and its receipt on the way when a process dies: the receipt comes, for this one application."""
    before = numbers(stack)
    async with filled_in(stack) as citizen:
        standing = ExitStack()
        with locked(stack):
            await citizen.send("Absenden", "senden")
            await at_the_bot(stack, [citizen])
            await asyncio.sleep(0.5)  # the catalogue has the request and waits for its database
            standing.enter_context(stopped(stack.pid_of("actions")))
        await wait_for(lambda: numbers(stack) != before)
        os.kill(stack.pid_of(victim), signal.SIGKILL)
        standing.close()
        told = await receipt(stack, citizen)
    stack.wait_until_ready()
    (number,) = numbers(stack) - before
    assert number in told
    assert "eingegangen" in status(stack, number, told)
