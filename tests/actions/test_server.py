"""The action server as a process: what it answers, and that a failure tells nothing of the conversation."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from cli.processes import free_port
from core.settings import PROJECT

SECRET = "Mein Kind heißt Amelie Musterfrau"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, Path]]:
    """A client of the running server, and its log."""
    port, log = free_port(), tmp_path_factory.mktemp("actions") / "log"
    command = [sys.executable, "-m", "actions.server", "--port", str(port)]
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=PROJECT, stdout=output, stderr=output) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http,
    ):
        for _ in range(900):
            try:
                http.get("/healthz")
                break
            except httpx.ConnectError:
                assert process.poll() is None, log.read_text()
                time.sleep(0.05)
        yield http, log
        process.terminate()


def call(action: str, tracker: dict[str, Any]) -> dict[str, Any]:
    """What Rasa sends."""
    return {"next_action": action, "sender_id": "s", "tracker": tracker, "domain": {}, "version": "3.6.21"}


TRACKER = {
    "sender_id": "s", "slots": {"leistung": "teich"}, "events": [], "paused": False, "followup_action": None, "active_loop": {},
    "latest_action_name": "action_listen", "latest_message": {"text": SECRET, "intent": {"name": "abbrechen"}, "entities": []},
}  # fmt: skip


def test_it_is_alive(server: tuple[httpx.Client, Path]) -> None:
    assert server[0].get("/healthz").json() == {"status": "ok"}


def test_an_action_is_run(server: tuple[httpx.Client, Path]) -> None:
    answer = server[0].post("/webhook", json=call("action_gespraech", TRACKER))
    assert answer.status_code == 200
    assert answer.json()["responses"][0]["custom"]["text"].startswith("In Ordnung")
    assert {key: answer.json()["events"][0][key] for key in ("name", "value")} == {"name": "leistung", "value": None}


BROKEN = {
    "no such action": (call("action_unbekannt", TRACKER), 404),
    "an action that fails": (
        call("action_gespraech", TRACKER | {"events": [{"event": "bot", "data": {"custom": {"text": 5, "x": SECRET}}}]}),
        500,
    ),
    "no tracker": (call("action_gespraech", {}), 500),
    "null": (None, 400),
}


@pytest.mark.parametrize(("sent", "status"), BROKEN.values(), ids=BROKEN)
def test_a_failure_tells_nothing_of_the_conversation(server: tuple[httpx.Client, Path], sent: Any, status: int) -> None:
    http, log = server
    answer = http.post("/webhook", json=sent)
    assert answer.status_code == status
    for told in (answer.text, log.read_text("utf-8", "replace")):
        assert "Amelie" not in told
        assert "Traceback" not in told


def test_after_a_failure_it_goes_on(server: tuple[httpx.Client, Path]) -> None:
    assert server[0].post("/webhook", content=b"{").status_code == 500
    assert server[0].post("/webhook", json=call("action_gespraech", TRACKER)).status_code == 200
