"""The live model changes while citizens write, and no message is lost or late."""

import asyncio
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.processes import free_port
from cli.system import find_running
from cli.versions import link
from core import learned
from core.learned import Stand
from core.settings import Settings
from tests.conftest import Stack, alive, start_stack, stop_stack
from tests.stack.browser import citizens

pytestmark = [pytest.mark.stack, pytest.mark.bot, pytest.mark.console]
RATE = 5.0
SECONDS = 120


@pytest.fixture(scope="module")
def own_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack of this test's own: its model changes."""
    settings = Settings(
        home=tmp_path_factory.mktemp("wechsel"), cache=Settings().cache_folder, port=free_port(), messages_per_minute=0,
        new_conversations_per_minute=0,
    )  # fmt: skip
    running = start_stack(settings)
    yield running
    assert stop_stack(running) == []


def told(settings: Settings) -> dict[str, str]:
    found: dict[str, str] = json.loads((learned.home(settings) / "wechsel.json").read_text("utf-8"))
    return found


async def until(settings: Settings, version: str, state: str) -> None:
    deadline = time.monotonic() + SECONDS
    while (told(settings)["zustand"], told(settings)["fassung"]) != (state, version):
        assert time.monotonic() < deadline, told(settings)
        await asyncio.sleep(0.2)


async def test_five_messages_a_second_are_all_answered_while_the_model_changes(own_stack: Stack) -> None:
    settings = own_stack.settings
    # Nothing to learn but a case: the model is today's, the change is a real one.
    (learned.home(settings) / "f1" / "faelle").mkdir(parents=True)
    before = find_running(settings)
    assert before
    async with citizens(own_stack, 10) as people:
        sent: list[asyncio.Task[float]] = []

        async def say(number: int) -> float:
            begun = time.monotonic()
            await people[number % 10].send("Was kostet ein Personalausweis?", str(number), wait=True)
            return time.monotonic() - begun

        changed = asyncio.create_task(until(settings, "f1", "laeuft"))
        learned.set_stand(settings, Stand(live="f1"))
        while not changed.done():
            sent.append(asyncio.create_task(say(len(sent))))
            await asyncio.sleep(1 / RATE)
        await changed
        took = await asyncio.gather(*sent)
        events = [event for one in people for event in await one.seen(len(sent) // 10)]
    assert sum(one.refused for one in people) == 0
    assert {event.service for event in events} == {"personalausweis"}
    assert max(took) < 5
    after = find_running(settings)
    assert after
    assert after.rasa_url != before.rasa_url
    assert not alive(before.processes["rasa"])
    assert alive(after.processes["rasa"])
    print(f"{len(sent)} Nachrichten während des Wechsels, längste Antwort {max(took):.2f} s, Wechsel {told(settings)['sekunden']} s")


async def test_a_version_without_a_model_changes_nothing(own_stack: Stack) -> None:
    settings = own_stack.settings
    before, was = find_running(settings), learned.stand(settings)
    version = learned.home(settings) / "f2"
    (version / "nlu").mkdir(parents=True)
    (version / "nlu" / "lob.yml").write_text('version: "3.1"\nnlu:\n- intent: lob\n  examples: |\n    - Das flutscht\n')
    learned.set_stand(settings, Stand(live="f2", vorher=was.live))
    await until(settings, "f2", "gescheitert")
    assert "kein Modell" in told(settings)["grund"]
    assert learned.stand(settings).live == was.live
    assert find_running(settings) == before
    assert own_stack.ready()


def test_after_a_restart_the_live_version_counts(own_stack: Stack) -> None:
    live = learned.stand(own_stack.settings).live
    assert stop_stack(own_stack) == []
    again = start_stack(own_stack.settings)
    own_stack.supervisor, own_stack.running = again.supervisor, again.running
    assert f"gelernte Fassung {live}" in (own_stack.settings.home / "start.log").read_text("utf-8")


def test_a_linked_file_is_one_file_and_one_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    link(tmp_path / "a", tmp_path / "neu" / "b")
    assert (tmp_path / "neu" / "b").samefile(tmp_path / "a")
    (tmp_path / "c").write_text("c")
    link(tmp_path / "a", tmp_path / "c")
    assert (tmp_path / "c").read_text() == "c"
    shutil.rmtree(tmp_path / "neu")
