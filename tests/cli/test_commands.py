"""The commands as a person calls them: what is printed where, and the exit codes."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.__main__ import main
from cli.postgres import binaries
from cli.testing import GROUPS, run
from core.errors import BadInput
from core.settings import PROJECT


def lotse(*arguments: str, typed: bytes = b"", home: Path) -> subprocess.CompletedProcess[str]:
    """``./lotse`` behind the shell script."""
    done = subprocess.run(
        [sys.executable, "-m", "cli", *arguments], input=typed, capture_output=True, cwd=PROJECT, timeout=30, check=False,
        env=os.environ | {"PYTHONPATH": str(PROJECT), "LOTSE_HOME": str(home)},
    )  # fmt: skip
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_one_json_object_a_line_in_order_also_for_broken_input(tmp_path: Path) -> None:
    texts = ["Rufen Sie mich an: 0631 365-0", "", "Hallo", "F\ufffdhrerschein"]
    done = lotse("mask", "--json", home=tmp_path, typed=b"Rufen Sie mich an: 0631 365-0\r\n\nHallo\nF\xfchrerschein")
    assert done.returncode == 0
    assert done.stderr == ""
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["text"] for one in told] == texts
    assert all(set(one) == {"text", "masked", "spans"} for one in told)
    assert "365-0" not in told[0]["masked"]


def test_a_full_disk_is_one_line_and_its_code() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cli", "mask"],
            input=b"Hallo\n",
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=PROJECT,
            timeout=30,
            check=False,
        )
    assert done.returncode == 13
    assert "Platte ist voll" in done.stderr.decode()


WRONG = {
    "a setting that is none": (["train"], {"LOTSE_PORT": "99999"}, 2, "LOTSE_PORT"),
    "a setting that is missing": (["train"], {"LOTSE_MODE": "production"}, 1, "LOTSE_SECRET_KEY"),
    "a model that is not there": (["install-model", "nirgends.whl"], {}, 1, "gibt es nicht"),
    "a group of tests that is none": (["test", "alles"], {}, 1, "Unbekannte Gruppe"),
    "a file that is not there": (["import", "nirgends.json"], {}, 1, "nirgends.json"),
}


Fails = Callable[..., tuple[int, str]]


@pytest.fixture
def fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Fails]:
    """Calls a command in this process (a new one takes 2 s) on an empty state folder: its exit code and its last line."""
    monkeypatch.setenv("LOTSE_HOME", str(tmp_path))
    handler = signal.getsignal(signal.SIGTERM)

    def call(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["lotse", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert printed.out == ""
        assert isinstance(ended.value.code, int)
        return ended.value.code, printed.err.splitlines()[-1]

    yield call
    signal.signal(signal.SIGTERM, handler)  # "start" takes it


@pytest.mark.parametrize(("arguments", "environment", "code", "told"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_one_german_line(
    arguments: list[str], environment: dict[str, str], code: int, told: str, fails: Fails, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    exit_code, line = fails(*arguments)
    assert exit_code == code
    assert line.startswith("lotse: ")
    assert told in line


def test_a_taken_port_is_one_line_and_its_code(fails: Fails) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert fails("start", "--port", str(port)) == (
            12,
            f"lotse: Port {port} ist belegt. Nehmen Sie einen anderen: ./lotse start --port 8081",
        )


def test_an_unknown_group_of_tests_is_refused() -> None:
    with pytest.raises(BadInput, match="fast"):
        run("alles", [])
    assert {"all", "fast", "bot", "faults", "web"} <= set(GROUPS)


def test_whether_postgresql_is_there_can_be_told_on_any_machine() -> None:
    folder = Path("/usr/lib/postgresql")
    assert binaries() is not None or not folder.exists() or not any(folder.iterdir())
