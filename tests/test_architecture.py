"""The design's rules, checked: who may import whom, how long a file is, what may not be committed."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from core.settings import PROJECT

# Rooms, and which other rooms each may import (DESIGN, "Rooms"). The cli may import all.
MAY_IMPORT = {
    "core": set(),
    "language": {"core"},
    "katalog": {"core", "language"},
    "bot": {"core", "language"},
    "actions": {
        "core",
        "language",
        "katalog.client",
        "katalog.schemas",
        "katalog.applications.client",
        "katalog.applications.schemas",
    },
    "connectors": {"core", "language"},
    "console": {"core", "language", "katalog.client", "katalog.schemas"},
}
ROOMS = [*MAY_IMPORT, "cli", "bench"]


def tracked(*patterns: str) -> list[Path]:
    """Files of the repository, also those not committed yet."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for path in map(PROJECT.joinpath, listed.stdout.splitlines()) if path.exists()]


def imports(path: Path) -> set[str]:
    """Modules that a file imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    wrong = []
    for path in tracked(f"{room}/**/*.py", f"{room}/*.py"):
        for module in imports(path):
            other = module.split(".")[0]
            if (
                other in ROOMS
                and other != room
                and not any(module == ok or module.startswith(f"{ok}.") or ok.startswith(f"{module}.") for ok in MAY_IMPORT[room])
            ):
                wrong.append(f"{path.relative_to(PROJECT)} imports {module}")
    assert wrong == []


def test_files_are_short() -> None:
    long = [f"{path.relative_to(PROJECT)}: {count}" for path in tracked("*.py", "*.js", "*.css", "*.html")
            if (count := len(path.read_text("utf-8").splitlines())) > 400]  # fmt: skip
    assert long == []


def test_the_lock_has_hashes_and_no_addresses() -> None:
    lock = (PROJECT / "requirements.lock").read_text("utf-8")
    assert "--hash=sha256:" in lock
    assert not re.search(r"https?://", lock)
    assert not tracked("uv.lock", "package-lock.json")


def test_no_german_sentence_stands_in_the_actions() -> None:
    """German copy lives in YAML: no string of the actions holds a German sentence."""
    sentence = re.compile(r"\b(Sie|Ihre?n?|bitte|nicht|wurde)\b.*[.?!]$")
    wrong = []
    for path in tracked("actions/*.py", "bot/*.py", "bot/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and sentence.search(node.value) and len(node.value) < 200:
                wrong.append(f"{path.name}:{node.lineno}: {node.value[:60]}")
    assert wrong == []
