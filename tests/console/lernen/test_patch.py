"""What was decided leaves as a patch that the project takes, and as a version that trains."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from bench.evaluate.cases import from_row
from cli.taught import taught
from console.learning.cases import Case
from console.learning.patch import changes, patch
from console.learning.version import write
from core.settings import PROJECT
from katalog.records import read

pytestmark = pytest.mark.console
CASES = [
    Case("Mein Rad ist weg", "frage_zustaendigkeit", "polizei-anzeige", ["Wohin, wenn der Drahtesel fehlt?", "„Rad“ fort: was tun # 1"]),
    Case("Wer gewinnt am Samstag?", "ausserhalb", None, ["Gewinnen die Roten Teufel?", "- ja oder nein: Heimsieg"]),
    Case("Das war spitze von euch", "lob", None, []),
]  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The files that a patch may change, under git."""
    for path in ("data/nlu", "data/catalogue/beispielfragen", "tests/nlu"):
        shutil.copytree(PROJECT / path, tmp_path / path, ignore=shutil.ignore_patterns("__pycache__"))
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    return tmp_path


def git(folder: Path, *arguments: str, stdin: str = "") -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, input=stdin.encode(), capture_output=True, check=True)
    return done.stdout.decode()


def test_git_applies_the_patch_and_then_nothing_is_left_to_change(project: Path) -> None:
    told = patch(project, CASES)
    git(project, "apply", "--index", "-", stdin=told)
    assert changes(project, CASES) == {}
    assert patch(project, CASES) == ""
    assert set(git(project, "diff", "--cached", "--name-only").split()) >= {
        "data/nlu/ausserhalb.yml", "data/catalogue/beispielfragen/gelernt.yml", "tests/nlu/satz_gelernt.jsonl", "tests/nlu/sets.yml",
    }  # fmt: skip
    rows = [json.loads(line) for line in (project / "tests/nlu/satz_gelernt.jsonl").read_text("utf-8").splitlines()]
    assert [from_row(row).text for row in rows] == [case.text for case in CASES]
    assert yaml.safe_load((project / "tests/nlu/sets.yml").read_text("utf-8"))["gelernt"]["rolle"] == "entwickeln"
    assert {"Gewinnen die Roten Teufel?", "- ja oder nein: Heimsieg"} <= set(taught(project / "data"))


def test_a_second_patch_adds_to_the_first_and_repeats_nothing(project: Path) -> None:
    git(project, "apply", "--index", "-", stdin=patch(project, CASES[:1]))
    more = [*CASES, Case("Wer repariert Räder?", "ausserhalb", None, ["Gewinnen die Roten Teufel?", "Wo lasse ich mein Rad flicken?"])]
    told = patch(project, more)
    assert not [line for line in told.splitlines() if line.startswith("+") and "Wohin, wenn der Drahtesel fehlt?" in line]
    git(project, "apply", "--index", "-", stdin=told)
    assert changes(project, more) == {}


def test_no_case_makes_no_change() -> None:
    assert patch(PROJECT, []) == ""
    assert changes(PROJECT, CASES[2:3]).keys() == {"tests/nlu/satz_gelernt.jsonl", "tests/nlu/sets.yml"}


def test_a_version_is_what_the_training_and_the_catalogue_read(tmp_path: Path) -> None:
    write(tmp_path / "f1", CASES)
    assert [path.name for path in (tmp_path / "f1" / "nlu").iterdir()] == ["ausserhalb.yml"]
    assert set(taught(tmp_path / "f1")) == {*CASES[0].ueben, *CASES[1].ueben}
    records, rejected = read({path.name: path.read_bytes() for path in (tmp_path / "f1" / "beispielfragen").iterdir()})
    assert rejected == []
    assert records["beispielfragen"]["polizei-anzeige"]["beispielfragen"] == CASES[0].ueben
    assert len((tmp_path / "f1" / "faelle" / "gelernt.jsonl").read_text("utf-8").splitlines()) == 3
