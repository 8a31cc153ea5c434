"""The training sentences: those of the intents (data/nlu) and the example questions of the services, which name their intent too."""

from functools import lru_cache
from pathlib import Path

import yaml

from core.settings import PROJECT
from language.swap import Marked

NLU = PROJECT / "data" / "nlu"
QUESTIONS = PROJECT / "data" / "catalogue" / "beispielfragen"


@lru_cache(maxsize=1)
def training() -> tuple[tuple[str, Marked], ...]:
    """(intent, sentence) of data/nlu, in the order of the files."""
    found = []
    for path in sorted(NLU.glob("*.yml")):
        for block in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["nlu"]:
            lines = (line.removeprefix("- ").strip() for line in block["examples"].splitlines())
            found += [(block["intent"], Marked.parse(line)) for line in lines if line]
    return tuple(found)


def question_files() -> list[Path]:
    """The files of the example questions."""
    return sorted(QUESTIONS.glob("*.yml"))


@lru_cache(maxsize=1)
def questions() -> tuple[tuple[str, str, str], ...]:
    """(service, intent, question) of the example questions whose intent is told."""
    found = []
    for path in question_files():
        for service, asked in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader).items():
            if isinstance(asked, dict):
                found += [(service, intent, text) for intent, texts in asked.items() for text in texts]
    return tuple(found)
