"""The supervisor with tiny real processes."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

import cli.supervisor
from cli.processes import Process, embedded_redis, free_port
from cli.supervisor import Child, Supervisor
from core.errors import StartError
from core.settings import PROJECT, Settings
from tests.conftest import alive, children_of

pytestmark = pytest.mark.slow

SERVER = Path(__file__).with_name("tiny_server.py")
SILENT = "http://127.0.0.1:9/"  # nobody listens on the discard port


@pytest.fixture
def told() -> list[str]:
    """What the supervisor has said."""
    return []


@pytest.fixture
def supervise(tmp_path: Path, told: list[str]) -> Iterator[Callable[..., Supervisor]]:
    """Makes a supervisor for some processes; whatever a test leaves is stopped."""
    made: list[Supervisor] = []

    def make(*processes: Process) -> Supervisor:
        made.append(Supervisor(list(processes), dict(os.environ), tmp_path / "logs", told.append))
        return made[-1]

    yield make
    for one in made:
        for child in one.children:
            child.stop(seconds=0.1)


@pytest.fixture
def server(tmp_path: Path) -> Callable[..., Process]:
    """Makes a process that serves."""

    def make(name: str = "web", *manners: str) -> Process:
        port = free_port()
        # -S -E: without the environment's packages a Python starts in 20 ms.
        return Process(name, [sys.executable, "-S", "-E", str(SERVER), str(port), str(tmp_path), *manners], f"http://127.0.0.1:{port}/")

    return make


def pids(supervisor: Supervisor) -> list[int]:
    return [child.popen.pid for child in supervisor.children if child.popen]


def until(condition: Callable[[], bool], seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.02)


def test_start_returns_when_all_are_ready_and_stop_leaves_nothing(
    supervise: Callable[..., Supervisor], server: Callable[..., Process]
) -> None:
    one, two = server("one"), server("two")
    supervisor = supervise(one, two)
    supervisor.start()
    assert one.is_ready()
    assert two.is_ready()
    running = pids(supervisor)
    assert all(map(alive, running))
    supervisor.stop()
    assert not any(map(alive, running))
    assert set(children_of(os.getpid())).isdisjoint(running)
    assert not one.is_ready()


def test_redis_is_ready_before_the_others_begin(supervise: Callable[..., Supervisor], tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    port = free_port()
    needs_redis = (
        f"import redis, runpy, sys; redis.Redis(unix_socket_path={str(settings.redis_socket)!r}).ping();"
        f"sys.argv = ['x', '{port}', '{tmp_path}']; runpy.run_path({str(SERVER)!r})"
    )
    supervisor = supervise(embedded_redis(settings), Process("web", [sys.executable, "-c", needs_redis], f"http://127.0.0.1:{port}/"))
    supervisor.start()
    assert all(child.was_ready for child in supervisor.children)
    assert (tmp_path / "redis" / "appendonly.aof").exists()
    supervisor.stop()


def test_a_process_whose_log_cannot_be_written_runs_without(
    supervise: Callable[..., Supervisor], server: Callable[..., Process], tmp_path: Path, told: list[str]
) -> None:
    (tmp_path / "logs" / "web.log").mkdir(parents=True)
    supervisor = supervise(server())
    supervisor.start()
    assert "läuft ohne Protokoll" in told[0]


def test_what_cannot_be_told_does_not_end_the_system() -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-c", "from cli.progress import tell; tell('x'); print('weiter')"]
        done = subprocess.run(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=full, check=True)
    assert done.stdout == b"weiter\n"


def test_a_killed_process_is_started_again_at_once(
    supervise: Callable[..., Supervisor], server: Callable[..., Process], told: list[str]
) -> None:
    process = server()
    supervisor = supervise(process)
    supervisor.start()
    (before,) = pids(supervisor)
    os.kill(before, signal.SIGKILL)
    until(lambda: not supervisor.children[0].alive)
    supervisor.watch()
    (after,) = pids(supervisor)
    assert after != before
    assert told == ["web ist beendet (Code -9) und wird neu gestartet."]
    until(process.is_ready)


def test_one_that_ends_again_and_again_is_started_more_and_more_seldom(supervise: Callable[..., Supervisor], told: list[str]) -> None:
    supervisor = supervise(Process("kaputt", ["sh", "-c", "exit 3"], SILENT))
    child = supervisor.children[0]
    pauses = []
    for _ in range(7):
        child.not_before = 0  # as if the pause was over
        begun = time.monotonic()
        supervisor.watch()
        assert child.popen
        child.popen.wait()
        running = child.popen
        pauses.append(round(child.not_before - begun))
        supervisor.watch()
        assert child.popen is running  # not before the pause is over
    assert pauses == [1, 2, 4, 8, 16, 30, 30]
    assert len(told) == 7


def test_after_a_night_of_restarts_it_still_watches(supervise: Callable[..., Supervisor]) -> None:
    supervisor = supervise(Process("kaputt", ["sh", "-c", "exit 3"], SILENT))
    supervisor.children[0].restarts = 5000  # at 30 s each, about two days
    supervisor.watch()
    assert round(supervisor.children[0].not_before - time.monotonic()) == 30


def test_one_that_ignores_the_request_to_end_is_killed(supervise: Callable[..., Supervisor], server: Callable[..., Process]) -> None:
    supervisor = supervise(server("stur", "stubborn"))
    supervisor.start()
    (pid,) = pids(supervisor)
    supervisor.children[0].stop(seconds=0.3)
    assert not alive(pid)
    assert supervisor.children[0].popen
    assert supervisor.children[0].popen.returncode == -signal.SIGKILL


def test_a_stopped_process_ends_at_once_when_asked(supervise: Callable[..., Supervisor], server: Callable[..., Process]) -> None:
    supervisor = supervise(server())
    supervisor.start()
    (pid,) = pids(supervisor)
    os.kill(pid, signal.SIGSTOP)
    begun = time.monotonic()
    supervisor.stop()
    assert time.monotonic() - begun < 2
    assert not alive(pid)


@pytest.mark.slow  # waits for an answer that does not come
def test_one_that_hangs_is_started_again(
    supervise: Callable[..., Supervisor], server: Callable[..., Process], told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Times only, not what is done: each check of a hanging process takes 2 s, and three of them are tested below.
    monkeypatch.setattr(cli.supervisor, "CHECK_SECONDS", 0)
    monkeypatch.setattr(cli.supervisor, "FAILED_CHECKS", 1)
    process = server()
    supervisor = supervise(process)
    supervisor.start()
    (before,) = pids(supervisor)
    os.kill(before, signal.SIGSTOP)
    supervisor.watch()
    assert not alive(before)
    supervisor.watch()
    assert told[0] == "web antwortet nicht mehr und wird neu gestartet."
    assert pids(supervisor) != [before]
    until(process.is_ready)


def test_three_checks_must_fail_in_a_row(
    supervise: Callable[..., Supervisor], server: Callable[..., Process], tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli.supervisor, "CHECK_SECONDS", 0)  # times only
    supervisor = supervise(server())
    supervisor.start()
    (pid,) = pids(supervisor)
    for _ in range(2):
        (tmp_path / "broken").touch()
        supervisor.watch()
        supervisor.watch()
        (tmp_path / "broken").unlink()
        supervisor.watch()  # well again: counting begins anew
    assert alive(pid)
    (tmp_path / "broken").touch()
    for _ in range(3):
        supervisor.watch()
    assert not alive(pid)
    assert told == ["web antwortet nicht mehr und wird neu gestartet."]


def test_one_that_is_still_starting_is_left_in_peace(
    supervise: Callable[..., Supervisor], told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli.supervisor, "CHECK_SECONDS", 0)  # times only
    supervisor = supervise(Process("langsam", ["sleep", "60"], SILENT))
    supervisor.children[0].start()
    for _ in range(6):
        supervisor.watch()
    assert supervisor.children[0].alive
    assert told == []


def test_one_that_does_not_start_is_told_with_its_last_words_and_the_others_are_stopped(
    supervise: Callable[..., Supervisor], server: Callable[..., Process]
) -> None:
    words = "; ".join(f"echo Zeile {number}" for number in range(20)) + "; echo Adresse schon belegt >&2; exit 1"
    supervisor = supervise(server(), Process("kaputt", ["sh", "-c", words], SILENT))
    with pytest.raises(StartError, match="kaputt ist nicht gestartet") as caught:
        supervisor.start()
    assert caught.value.exit_code == 16
    assert "Adresse schon belegt" in str(caught.value)
    assert "Zeile 19" in str(caught.value)
    assert "Zeile 2\n" not in str(caught.value)
    assert not any(map(alive, pids(supervisor)))


def test_a_program_that_does_not_exist_leaves_nothing_running(supervise: Callable[..., Supervisor], server: Callable[..., Process]) -> None:
    supervisor = supervise(server(), Process("fehlt", ["/nirgends/programm"], SILENT))
    with pytest.raises(FileNotFoundError):
        supervisor.start()
    assert not any(map(alive, pids(supervisor)))


def test_one_that_never_gets_ready_is_given_up(supervise: Callable[..., Supervisor], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli.supervisor, "START_SECONDS", 0.2)  # times only
    supervisor = supervise(Process("stumm", ["sleep", "60"], SILENT))
    with pytest.raises(StartError, match="stumm") as caught:
        supervisor.start()
    assert caught.value.exit_code == 16
    assert not any(map(alive, pids(supervisor)))


def test_run_watches_until_it_is_asked_to_stop(supervise: Callable[..., Supervisor], server: Callable[..., Process]) -> None:
    supervisor = supervise(server())
    supervisor.start()
    (before,) = pids(supervisor)
    os.kill(before, signal.SIGKILL)
    threading.Timer(0.5, supervisor.ask_to_stop).start()
    supervisor.run()
    assert pids(supervisor) != [before]


def test_ctrl_c_at_the_terminal_reaches_the_supervisor_only(supervise: Callable[..., Supervisor], server: Callable[..., Process]) -> None:
    supervisor = supervise(server())
    supervisor.start()
    (pid,) = pids(supervisor)
    assert os.getsid(pid) == pid


def test_a_process_gets_its_own_environment(tmp_path: Path) -> None:
    child = Child(
        Process("env", ["sh", "-c", "echo $BEIDE $EIGENES"], SILENT, {"EIGENES": "b"}), {"BEIDE": "a", "EIGENES": "x"}, tmp_path, print
    )
    child.start()
    assert child.popen
    child.popen.wait()
    assert child.log_tail() == "a b"


def test_a_large_log_makes_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli.supervisor, "LOG_BYTES", 10)  # sizes only: 20 MB are 20 MB
    child = Child(Process("laut", ["echo", "neu"], SILENT), {}, tmp_path, print)
    (tmp_path / "laut.log").write_text("alt " * 10)
    for _ in range(2):
        child.start()
        assert child.popen
        child.popen.wait()
    assert (tmp_path / "laut.log").read_text() == "neu\nneu\n"
    assert (tmp_path / "laut.log.1").read_text().startswith("alt")


def test_before_anything_was_started_stopping_is_fine(supervise: Callable[..., Supervisor], server: Callable[..., Process]) -> None:
    supervisor = supervise(server())
    supervisor.stop()
    assert supervisor.children[0].log_tail() == ""


PARENT = """
import os, sys, time
from pathlib import Path
from cli.processes import Process
from cli.supervisor import Supervisor

silent = "http://127.0.0.1:9/"
stubborn = ["sh", "-c", "trap '' TERM; while :; do sleep 0.1; done"]
commands = {"a": ["sleep", "60"], "b": stubborn, "c": ["sleep", "60"]}
supervisor = Supervisor([Process(n, c, silent) for n, c in commands.items()], dict(os.environ), Path(sys.argv[1]), print)
for child in supervisor.children:
    child.start()
print(*(child.popen.pid for child in supervisor.children), flush=True)
time.sleep(60)
"""


def test_a_killed_supervisor_takes_its_processes_with_it_also_those_that_hang(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PARENT, str(tmp_path)]
    with subprocess.Popen(command, cwd=PROJECT, env=os.environ | {"PYTHONPATH": str(PROJECT)}, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        running = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(running) == 3
        assert all(map(alive, running))
        os.kill(running[2], signal.SIGSTOP)
        parent.kill()
    until(lambda: not any(map(alive, running)))


def test_an_address_that_answers_anything_but_200_is_not_ready(
    server: Callable[..., Process], supervise: Callable[..., Supervisor], tmp_path: Path
) -> None:
    process = server()
    supervise(process).start()
    (tmp_path / "broken").touch()
    assert httpx.get(process.ready).status_code == 503
    assert not process.is_ready()
    assert not Process("x", [], SILENT).is_ready()
    assert not Process("x", [], f"unix://{tmp_path}/nirgends.sock").is_ready()
