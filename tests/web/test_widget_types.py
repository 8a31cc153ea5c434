"""The widget's sources: right types, one scope without doubled names, no markup out of text, no German of their own."""

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from connectors.web.script import FOLDER, joined
from connectors.web.words import words
from core.settings import Settings

# Pinned: another version may find other things.
TYPESCRIPT = "typescript@5.9.3"
SOURCES = sorted(FOLDER.glob("*.js"))


@pytest.mark.web
def test_the_types_are_right(tmp_path: Path) -> None:
    npx = shutil.which("npx")
    if npx is None:
        pytest.skip("npx fehlt (Node.js mit npm): Die Typen des Widgets wurden nicht geprüft")
    command = [npx, "--yes", "--package", TYPESCRIPT, "tsc", "--project", FOLDER]
    checked = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    if "npm error" in checked.stderr:
        pytest.skip(f"{TYPESCRIPT} lässt sich nicht laden: Die Typen des Widgets wurden nicht geprüft")
    assert checked.stdout == ""
    assert checked.returncode == 0


def test_the_joined_script_holds_every_file_and_no_name_twice() -> None:
    code = joined(Settings()).plain.decode()
    assert not re.search(r"^(import|export)\b", code, re.MULTILINE)
    names = [name for path in SOURCES for name in re.findall(
        r"^(?:export )?(?:async )?(?:const|let|class|function\*?) (\w+)", path.read_text("utf-8"), re.MULTILINE)]  # fmt: skip
    assert [name for name, count in Counter(names).items() if count > 1] == []
    for name in names:
        assert re.search(rf"^(?:async )?(?:const|let|class|function\*?) {name}\b", code, re.MULTILINE), name


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_text_never_becomes_markup_and_the_script_holds_no_german(path: Path) -> None:
    source = path.read_text("utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|setHTML|createContextualFragment", source)
    assert not re.search(r"\beval\b|new Function", source)
    assert not re.search(r"document\.cookie|localStorage", source)
    assert not re.search(r"""["'`][^"'`\n]*[äöüßÄÖÜ]""", source)


def test_every_text_is_used_and_every_text_that_is_used_is_there() -> None:
    source = "\n".join(path.read_text("utf-8") for path in SOURCES)
    known = words().texts["de"].keys()
    made = {f"{family}_{one}" for family, ones in {
        "farben": ("auto", "light", "dark", "contrast"), "ende": ("over", "deleted", "later"),
        "warum": ("falsch", "unvollstaendig", "unverstaendlich", "anderes_thema"),
    }.items() for one in ones}  # fmt: skip
    used = {key for key in known if re.search(rf'["\s{{]{key}["\s:]', source)} | made
    assert sorted(known - used) == []
    asked = set(re.findall(r'texts\.(?:get|put)\((?:element\([^()]*\), )?"(\w+)"', source))
    assert sorted(asked - known) == []
