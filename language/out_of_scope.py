"""Sentences that mean nothing a city could help with (data/out_of_scope.csv, CC BY-SA 4.0, see data/SOURCES.md), split in two halves."""

import csv
import hashlib
from functools import lru_cache

from core.settings import PROJECT


def may_train(text: str) -> bool:
    """Whether a sentence belongs to the half that may train and calibrate; the other half only measures."""
    return hashlib.sha256(text.strip().lower().encode()).digest()[0] % 2 == 0


@lru_cache(maxsize=1)
def out_of_scope() -> tuple[str, ...]:
    """All sentences of the file."""
    with (PROJECT / "data" / "out_of_scope.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["text"] for row in csv.DictReader(file))


def training_half() -> list[str]:
    """The sentences that may train, each once."""
    return list(dict.fromkeys(filter(may_train, out_of_scope())))
