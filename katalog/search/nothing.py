"""Sentences in which no service is meant: the training sentences without a marked service, and the out-of-scope set's half."""

import csv
import hashlib
from functools import lru_cache

import yaml

from core.settings import PROJECT
from language.swap import Marked


def may_train(text: str) -> bool:
    """Whether a sentence of the out-of-scope set belongs to the half that may train; the other half only measures."""
    return hashlib.sha256(text.strip().lower().encode()).digest()[0] % 2 == 0


def out_of_scope() -> list[str]:
    """All sentences of data/out_of_scope.csv (CC BY-SA 4.0, see data/SOURCES.md)."""
    with (PROJECT / "data" / "out_of_scope.csv").open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


@lru_cache(maxsize=1)
def _training() -> tuple[tuple[str, Marked], ...]:
    """(intent, sentence) of all training sentences, in the order of the files."""
    found = []
    for path in sorted((PROJECT / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            lines = (line.removeprefix("- ").strip() for line in block["examples"].splitlines())
            found += [(block["intent"], Marked.parse(line)) for line in lines if line]
    return tuple(found)


def marked() -> list[Marked]:
    """Training sentences in which a service is named."""
    return [sentence for _, sentence in _training() if sentence.spans]


@lru_cache(maxsize=1)
def sentences() -> tuple[str, ...]:
    """All sentences that mean no service, each once. In ``leistung_suchen`` the situation is the service, also where nothing is marked."""
    own = [sentence.text for intent, sentence in _training() if intent != "leistung_suchen" and not sentence.spans]
    return tuple(dict.fromkeys([*own, *filter(may_train, out_of_scope())]))
