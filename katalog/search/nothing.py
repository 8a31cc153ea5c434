"""Sentences in which no service is meant: the training sentences without a marked service, and the out-of-scope set's half."""

import csv
import hashlib
from functools import lru_cache
from typing import Any

import yaml

from core.settings import PROJECT

MARK = "](leistung)"


def may_train(text: str) -> bool:
    """Whether a sentence of the out-of-scope set belongs to the half that may train; the other half only measures."""
    return hashlib.sha256(text.strip().lower().encode()).digest()[0] % 2 == 0


def out_of_scope() -> list[str]:
    """All sentences of data/out_of_scope.csv (CC BY-SA 4.0, see data/SOURCES.md)."""
    with (PROJECT / "data" / "out_of_scope.csv").open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


@lru_cache(maxsize=1)
def sentences() -> tuple[str, ...]:
    """All sentences that mean no service, each once."""
    found: dict[str, None] = {}
    for path in sorted((PROJECT / "data" / "nlu").glob("*.yml")):
        content: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
        for block in content["nlu"]:
            if block["intent"] == "leistung_suchen":
                continue  # the situation is the service there, also where nothing is marked
            lines = (line.removeprefix("- ").strip() for line in block["examples"].splitlines())
            found.update(dict.fromkeys(line for line in lines if line and MARK not in line))
    found.update(dict.fromkeys(text for text in out_of_scope() if may_train(text)))
    return tuple(found)
