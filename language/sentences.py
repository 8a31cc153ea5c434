"""The training sentences: those of the intents (data/nlu) and the example questions of the services, which name their intent too.

Both with what the staff has taught (core/learned.py).
"""

import json
from functools import lru_cache
from pathlib import Path

import yaml

from core import learned
from core.settings import PROJECT, Settings
from language.swap import Marked

NLU = PROJECT / "data" / "nlu"
QUESTIONS = PROJECT / "data" / "catalogue" / "beispielfragen"


def training() -> tuple[tuple[str, Marked], ...]:
    """(intent, sentence) of data/nlu and of what was learned, in the order of the files."""
    return _training(learned.folder(Settings()))


# By version: a version never changes, and a process that goes over to another one reads again.
@lru_cache(maxsize=2)
def _training(version: Path | None) -> tuple[tuple[str, Marked], ...]:
    found = []
    for path in [*sorted(NLU.glob("*.yml")), *(sorted((version / "nlu").glob("*.yml")) if version else ())]:
        for block in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["nlu"]:
            lines = (line.removeprefix("- ").strip() for line in block["examples"].splitlines())
            found += [(block["intent"], Marked.parse(line)) for line in lines if line]
    return tuple(found)


def question_files() -> list[Path]:
    """The files of the example questions."""
    return sorted(QUESTIONS.glob("*.yml"))


def questions() -> tuple[tuple[str, str, str], ...]:
    """(service, intent, question) of the example questions whose intent is told."""
    return _questions(learned.folder(Settings()))


@lru_cache(maxsize=2)
def _questions(version: Path | None) -> tuple[tuple[str, str, str], ...]:
    found = []
    for path in question_files():
        for service, asked in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader).items():
            if isinstance(asked, dict):
                found += [(service, intent, text) for intent, texts in asked.items() for text in texts]
    for content in learned.questions(version).values():
        for row in map(json.loads, content.decode().splitlines()):
            found += [(row["kennung"], intent, text) for intent, texts in row["beispielfragen"].items() for text in texts]
    return tuple(found)
