"""From „ich will einen Menschen“ to the end of the talk, through the whole running system with the real bot."""

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from cli.processes import free_port
from core.settings import Settings
from tests.conftest import Stack, start_stack, stop_stack
from tests.connectors.desk_house import desk_file

pytestmark = [pytest.mark.stack, pytest.mark.console]
PASSWORD = "korrekt Pferd Batterie"


@pytest.fixture(scope="module")
def open_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack of its own whose desk is always open: the shipped one keeps office hours."""
    folder: Path = tmp_path_factory.mktemp("offen")
    running = start_stack(Settings(
        home=folder / "home", cache=Settings().cache_folder, port=free_port(), messages_per_minute=0, new_conversations_per_minute=0,
        pin_cost="test", desk_file=desk_file(folder),
    ))  # fmt: skip
    yield running
    stop_stack(running)


def test_a_talk_with_a_person_and_back_to_the_bot(open_stack: Stack) -> None:
    url = open_stack.running.web_url
    open_stack.lotse("user", "add", "petra", "--rolle", "pruefer", stdin=f"{PASSWORD}\n".encode())
    with httpx.Client(base_url=url, follow_redirects=True, trust_env=False, timeout=10) as staff:
        assert staff.post("/konsole/anmelden", data={"name": "petra", "passwort": PASSWORD}).status_code == 200
        staff.headers["X-CSRF-Token"] = staff.get("/konsole/passwort").text.partition('name="csrf" value="')[2].partition('"')[0]
        assert "im Dienst" in staff.post("/konsole/beratung/dienst", data={"an": "1", "name": "Petra"}).text
        made = httpx.post(f"{url}/api/v1/conversations", timeout=10, trust_env=False).json()
        client = httpx.Client(base_url=f"{url}/api/v1/conversations/{made['id']}", timeout=60, trust_env=False)
        client.headers["Authorization"] = f"Bearer {made['token']}"
        count = iter(range(100))

        def say(**said: str) -> list[dict[str, object]]:
            answer = client.post("/messages?wait=true", json={"message_id": f"m{next(count)}", **said})
            assert answer.status_code == 200, answer.text
            found: list[dict[str, object]] = answer.json()["replies"]
            return found

        assert say(text="Ich möchte mit einem Menschen sprechen")[0]["buttons"] == [
            {"title": "Mit einem Menschen schreiben", "payload": "/mensch_schreiben"}
        ]
        say(payload="/mensch_schreiben")
        say(payload="/mensch_einverstanden")
        assert "Ich möchte mit einem Menschen sprechen" in staff.post("/konsole/beratung/nehmen", data={"gespraech": made["id"]}).text
        staff.post(f"/konsole/beratung/{made['id']}/sagen", data={"text": "Guten Tag!", "nummer": "einmal-0001"})
        assert say(text="Was kostet ein Reisepass?") == []
        staff.post(f"/konsole/beratung/{made['id']}/schliessen", data={"ergebnis": "geloest"})
        deadline = time.monotonic() + 10
        while not (replies := say(text="Was kostet ein Reisepass?")):  # the desk's act is behind this message in the queue
            assert time.monotonic() < deadline
        assert "reisepass" in str(replies[0]["leistung"]).lower()
        client.close()
