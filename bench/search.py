"""``./lotse bench search``: time and quality of the search with 220 and 5,000 services, plain BM25 beside it."""

import csv
import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.evaluate import cases
from bench.plain import PlainSearch
from core.catalogue import Leistung
from core.settings import PROJECT, Settings
from katalog.own import own_leistungen
from katalog.search.index import SearchIndex
from language.encoder import CachedEncoder, sentence_encoder

Tell = Callable[[str], None]
LEIKA = PROJECT / "data" / "catalogue" / "leika_titel.csv"
BIG = 5000
ROUNDS = 300


def filled_up(leistungen: Sequence[Leistung]) -> list[Leistung]:
    """The catalogue filled up to 5,000 services with titles of the LeiKa."""
    known = {one.schluessel for one in leistungen}
    more = []
    with LEIKA.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            if not row["schluessel"] or row["schluessel"] not in known:
                more.append(Leistung(kennung=f"leika-{number}", schluessel=row["schluessel"] or None, titel=row["titel"]))
    return [*leistungen, *more][:BIG]


def _timed(index: SearchIndex, questions: Sequence[str]) -> dict[str, float]:
    times = []
    for number in range(ROUNDS):
        begun = time.perf_counter()
        index.search(questions[number % len(questions)])
        times.append((time.perf_counter() - begun) * 1000)
    return {"p50_ms": round(float(np.median(times)), 2), "p95_ms": round(float(np.quantile(times, 0.95)), 2)}


def _cases() -> list[tuple[str, set[str]]]:
    """Test messages in which a service is meant, with the acceptable ids."""
    return [(case.text, set(case.services)) for name in cases.sets() for case in cases.load(name) if case.services]


def _top1(found: Sequence[Sequence[str]], cases: Sequence[tuple[str, set[str]]]) -> float:
    return round(float(np.mean([bool(ids) and ids[0] in right for ids, (_, right) in zip(found, cases, strict=True)])), 3)


def run(settings: Settings, tell: Tell, *, as_json: bool) -> None:
    """Builds each index anew (no cached vectors), searches on one core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    own, cases = own_leistungen(), _cases()
    questions = [text for text, _ in cases]
    result: dict[str, Any] = {}
    for leistungen in (own, filled_up(own)):
        tell(f"{len(leistungen)} Leistungen …")
        begun = time.monotonic()
        index = SearchIndex.build(leistungen, CachedEncoder(sentence_encoder(), Path(os.devnull) / "none"))
        built = time.monotonic() - begun
        plain = PlainSearch(leistungen)
        begun = time.perf_counter()
        by_words = [plain.search(text) for text in questions]
        words_ms = (time.perf_counter() - begun) * 1000 / len(questions)
        result[str(len(leistungen))] = {
            "index_s": round(built, 1), **_timed(index, questions),
            "top1": _top1([[hit.id for hit in index.search(text).treffer] for text in questions], cases),
            "bm25_top1": _top1(by_words, cases), "bm25_ms": round(words_ms, 2),
        }  # fmt: skip
    if as_json:
        print(json.dumps(result))
        return
    for size, row in result.items():
        print(f"{size} Leistungen: " + ", ".join(f"{name} {value}" for name, value in row.items()))
