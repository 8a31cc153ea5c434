"""``./lotse postfach`` against running applications."""

import fcntl
import getpass
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from desk import VALUES
from running_catalogue import TOKEN
from server import Server
from sqlalchemy import select
from test_files import PNG

from cli.system import Running
from core.settings import PROJECT
from katalog.applications.tables import protokoll
from katalog.store import engine_for

Lotse = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """With lock and address file, as the supervisor leaves them."""
    running = Server(tmp_path_factory.mktemp("postfach"))
    running.start()
    folder = running.settings.run
    folder.mkdir(parents=True)
    (folder / "system.json").write_text(Running(web_url="", catalogue_url=running.url, rasa_url="").model_dump_json(), "utf-8")
    with (folder / "lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield running
    running.kill()


@pytest.fixture(scope="module")
def number(server: Server) -> str:
    """The case number of an application with a file."""
    with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": "k"}, trust_env=False) as web:
        v1 = "/antraege/v1/entwuerfe"
        id = web.post(v1, json={"leistung": "hund", "gespraech": "g"}).json()["id"]
        values = VALUES | {"name": "Erika \x1b[31m Mustermann"}
        web.put(f"{v1}/{id}/werte", json={"werte": values, "fassung": 0}).raise_for_status()
        web.post(web.post(f"{v1}/{id}/anlagen/foto").json()["url"], files={"datei": ("Rex.png", PNG)})
        return str(web.post(f"{v1}/{id}/absenden", json={"fassung": 2}).json()["vorgangsnummer"])


@pytest.fixture
def lotse(server: Server, tmp_path: Path) -> Lotse:
    """Runs a command in an empty folder."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "PYTHONPATH": str(PROJECT), "LOTSE_HOME": str(server.settings.home), "LOTSE_CATALOGUE_TOKEN": TOKEN, "COLUMNS": "200",
        }  # fmt: skip
        command = [sys.executable, "-m", "cli", "postfach", *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=30, check=False)

    return run


def test_list_and_show(lotse: Lotse, number: str) -> None:
    listed = lotse("list", "--referat", "Referat Finanzen")
    assert number in listed.stdout
    assert "Referat Finanzen: Hund anmelden" in listed.stdout
    assert lotse("list", "--status", "abgelehnt").stdout == "Nichts im Postfach.\n"
    assert [json.loads(line)["vorgangsnummer"] for line in lotse("list", "--json").stdout.splitlines()] == [number]
    shown = lotse("show", number.lower())
    assert shown.returncode == 0, shown.stderr
    assert "Art: anderer Hund" in shown.stdout
    assert "Demonstration" in shown.stdout
    assert "\x1b" not in shown.stdout


def test_pdf_json_and_file_are_written_for_the_user_only(lotse: Lotse, number: str, tmp_path: Path) -> None:
    assert lotse("pdf", number).stdout.strip() == f"{number}.pdf"
    assert (tmp_path / f"{number}.pdf").read_bytes().startswith(b"%PDF-")
    told = json.loads(lotse("json", number).stdout)
    assert told["werte"]["art"] == "sonst"
    assert lotse("datei", number, told["dateien"][0]["id"], "--out", "rex.png").returncode == 0
    assert (tmp_path / "rex.png").read_bytes() == PNG
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in tmp_path.iterdir())
    again = lotse("pdf", number)
    assert again.returncode == 1
    assert "gibt es schon" in again.stderr


def test_status_needs_an_answer_where_the_citizen_is_told_to_read_one(lotse: Lotse, number: str, server: Server) -> None:
    refused = lotse("status", number, "rueckfrage")
    assert refused.returncode == 1
    assert "muss eine Antwort stehen" in refused.stderr
    done = lotse("status", number, "rueckfrage", "--antwort", "Wie heißt der Hund?")
    assert done.stdout == f"{number}: Die zuständige Stelle hat eine Frage zu Ihrem Antrag.\n"
    assert "Wie heißt der Hund?" in lotse("show", number).stdout
    with engine_for(server.settings).connect() as connection:
        who = connection.execute(select(protokoll.c.wer).where(protokoll.c.status == "rueckfrage")).scalars().all()
    assert who == [f"amt:{getpass.getuser()}"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [(["show", "KL-1"], 2, "keine Vorgangsnummer"), (["show", "KL-0000-0000-0"], 1, "liegt nichts im Postfach"),
     (["status", "KL-0000-0000-0", "fertig"], 2, "in_bearbeitung"), (["list", "--status", "fertig"], 1, "eingegangen")],
)  # fmt: skip
def test_what_is_wrong_is_said(lotse: Lotse, arguments: list[str], code: int, told: str) -> None:
    done = lotse(*arguments)
    assert done.returncode == code
    assert told in done.stderr


def test_without_a_running_system_it_says_so(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "LOTSE_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "cli", "postfach", "list"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stderr.strip()) == (1, "lotse: Der Amtslotse läuft nicht. Starten Sie ihn mit ./lotse start.")
