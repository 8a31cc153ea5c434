"""One running stack per session: the real ``./lotse start`` with the real trained bot, on a state folder of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from cli.processes import free_port
from cli.system import Running, find_running
from cli.talk import Conversation
from cli.training import environment
from core.settings import PROJECT, Settings
from tests.chromium import browser as browser  # a fixture of all tests that look at pages

# Training takes about a minute the first time; later sessions find the model by the hash of its data.
START_SECONDS = 400


def children_of(pid: int) -> list[int]:
    """Direct children of a process."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def alive(pid: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@dataclass
class Stack:
    """The running system, as a person at this machine has it."""

    settings: Settings
    running: Running
    supervisor: subprocess.Popen[bytes]

    def conversation(self) -> Conversation:
        """A new conversation over HTTP."""
        return Conversation.begin(self.running, self.settings)

    def ready(self) -> bool:
        """Whether a citizen would get an answer."""
        try:
            return httpx.get(f"{self.running.web_url}/readyz", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def wait_until_ready(self, seconds: float = 90) -> None:
        """Raises AssertionError when it takes longer."""
        deadline = time.monotonic() + seconds
        while not self.ready():
            assert time.monotonic() < deadline, "not ready in time"
            assert self.supervisor.poll() is None, "supervisor has ended"
            time.sleep(0.2)

    def pid_of(self, name: str) -> int:
        """The process of this name, also after restarts."""
        cues = {
            "redis": "redis-server",
            "catalogue": "cli.asgi:catalogue",
            "actions": "actions.server",
            "rasa": "rasa",
            "web": "cli.asgi:web",
        }
        for pid in children_of(self.supervisor.pid):
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            if cues[name] in command and (name != "rasa" or "-m rasa run" in command):
                return pid
        raise AssertionError(f"{name} does not run")

    def lotse(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Runs a command of ./lotse against this state folder."""
        return subprocess.run(
            [sys.executable, "-m", "cli", *arguments], input=stdin, capture_output=True, cwd=PROJECT, env=environment(self.settings),
            timeout=120, check=False,
        )  # fmt: skip


def start_stack(settings: Settings) -> Stack:
    """``./lotse start`` as a process; returns when it is ready."""
    settings.home.mkdir(parents=True, exist_ok=True)
    log = (settings.home / "start.log").open("wb")
    process = subprocess.Popen([sys.executable, "-m", "cli", "start"], cwd=PROJECT, env=environment(settings), stdout=log, stderr=log)
    deadline = time.monotonic() + START_SECONDS
    while True:
        running = find_running(settings)
        if running:
            stack = Stack(settings, running, process)
            if stack.ready():
                return stack
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise AssertionError(f"start failed:\n{(settings.home / 'start.log').read_text()[-3000:]}")
        time.sleep(0.2)


def stop_stack(stack: Stack) -> list[int]:
    """Ctrl-C; the processes that are left behind (none)."""
    pids = children_of(stack.supervisor.pid)
    stack.supervisor.send_signal(signal.SIGINT)
    stack.supervisor.wait(40)
    return [pid for pid in pids if alive(pid)]


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The session's stack. Model and vectors come from the project's cache, everything else is new."""
    settings = Settings(
        home=tmp_path_factory.mktemp("lotse"),
        cache=Settings().cache_folder,
        port=free_port(),
        messages_per_minute=0,
        new_conversations_per_minute=0,
    )
    running = start_stack(settings)
    yield running
    left = stop_stack(running)
    assert running.supervisor.returncode == 0
    assert left == []


@pytest.fixture(scope="session")
def catalogue() -> dict[str, dict[str, Any]]:
    """The shipped services by id, as raw records."""
    lines = (PROJECT / "data" / "catalogue" / "kaiserslautern.jsonl").read_text("utf-8").splitlines()
    return {record["kennung"]: record for record in map(json.loads, lines)}


@pytest.fixture(scope="session")
def offices() -> dict[str, dict[str, Any]]:
    """The shipped offices by id, as raw records."""
    return {record["id"]: record for record in json.loads((PROJECT / "data" / "catalogue" / "stellen.json").read_text("utf-8"))}


@pytest.fixture(scope="session", autouse=True)
def _quiet() -> None:
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
