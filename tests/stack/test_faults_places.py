"""The places that the system reads and writes: a catalogue that is away or hangs, a locked database, a full disk for the logs."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from actions import reply
from connectors.gateway.texts import texts
from tests.conftest import Stack
from tests.stack.browser import Event, citizens
from tests.stack.evidence import Evidence, stopped

pytestmark = [pytest.mark.stack, pytest.mark.faults]

REISEPASS = "Was kostet ein Reisepass?"
PROCESSES = ("redis", "catalogue", "actions", "rasa", "web")
NEW = '{"kennung": "gesperrt-und-frei", "titel": "Erlaubnis zum Sperren eines Radwegs"}'


def says_that_the_catalogue_is_away(event: Event) -> bool:
    return reply.simple("ausgefallen").text == event.text


async def test_a_catalogue_that_is_down_is_told_and_later_asked_again(stack: Stack) -> None:
    evidence = Evidence(stack)
    os.kill(stack.pid_of("catalogue"), signal.SIGKILL)
    async with citizens(stack, 1) as (citizen,):
        await citizen.send(REISEPASS, "m0", wait=True)
        stack.wait_until_ready()
        await citizen.send(REISEPASS, "m1", wait=True)
        away, back = await citizen.seen(2)
    assert says_that_the_catalogue_is_away(away)
    assert (back.message, back.service) == ("m1", "reisepass")
    course = evidence.of(citizen)
    assert course.taken == course.turns == course.answered == ["m0", "m1"]


async def test_a_catalogue_that_hangs_is_told_within_the_deadline(stack: Stack) -> None:
    evidence = Evidence(stack)
    async with citizens(stack, 1) as (citizen,):
        with stopped(stack.pid_of("catalogue")):
            await citizen.send(REISEPASS, "m0")
            (away,) = await citizen.seen(1)
        await citizen.send(REISEPASS, "m1", wait=True)
        back = (await citizen.seen(2))[1]
    # The catalogue has 3 s and the turn 4.5 s: on a busy machine the second may be over first.
    assert says_that_the_catalogue_is_away(away) or away.told == texts().nicht_erreichbar
    assert (back.message, back.service) == ("m1", "reisepass")
    assert evidence.of(citizen).turns == ["m0", "m1"]


@contextmanager
def locked(stack: Stack) -> Iterator[None]:
    """Another connection holds the catalogue's database."""
    other = sqlite3.connect(stack.settings.home / "catalogue.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def test_a_locked_database_stops_no_answer_and_is_told_to_the_editor(stack: Stack, tmp_path: Path) -> None:
    file = tmp_path / "neu.jsonl"
    file.write_text(NEW, "utf-8")
    evidence = Evidence(stack)
    with locked(stack):
        refused = stack.lotse("import", str(file))
        async with citizens(stack, 1) as (citizen,):
            await citizen.send(REISEPASS, "m0", wait=True)
            assert [event.service for event in await citizen.seen(1)] == ["reisepass"]
    assert refused.returncode == 1
    assert "später noch einmal" in refused.stderr.decode()
    address = f"{stack.running.catalogue_url}/katalog/v1/leistungen/gesperrt-und-frei"
    async with httpx.AsyncClient(trust_env=False) as http:
        assert (await http.get(address)).status_code == 404
        assert stack.lotse("import", str(file)).returncode == 0
        assert (await http.get(address)).status_code == 200
    course = evidence.of(citizen)
    assert course.taken == course.turns == course.answered == ["m0"]


def all_killed(stack: Stack) -> None:
    for name in PROCESSES:
        os.kill(stack.pid_of(name), signal.SIGKILL)
    stack.wait_until_ready()


@contextmanager
def no_room_for_logs(stack: Stack) -> Iterator[None]:
    """Each write to them fails as on a full disk. A process keeps the file it was started with: all are killed before and after."""
    logs = [stack.settings.logs / f"{name}.log" for name in PROCESSES]
    for log in logs:
        log.unlink()
        log.symlink_to("/dev/full")
    try:
        all_killed(stack)
        yield
    finally:
        for log in logs:
            log.unlink()
        all_killed(stack)


async def test_all_are_killed_and_find_no_room_for_their_logs(stack: Stack) -> None:
    evidence = Evidence(stack)
    async with citizens(stack, 1) as (citizen,):
        await citizen.send(REISEPASS, "m0", wait=True)
        with no_room_for_logs(stack):
            # The topic is not lost either.
            await citizen.send("und welche Unterlagen?", "m1")
            await citizen.send("Was kostet ein Personalausweis?", "m2")
            assert [event.service for event in await citizen.seen(3)] == ["reisepass", "reisepass", "personalausweis"]
    course = evidence.of(citizen)
    assert course.taken == course.turns == course.answered == ["m0", "m1", "m2"]
