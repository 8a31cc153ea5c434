"""The command: asks the running system about every test message, and the peers, and writes the report."""

import json
import os
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx
import numpy as np

from bench.evaluate import cases, report
from bench.evaluate.cases import GERMAN, Case
from bench.evaluate.leaks import leaks
from bench.evaluate.measures import MEASURES, Judged, calibration, interval, paired, per_intent
from bench.evaluate.peers import plain_search, stock_rasa
from cli.parse import understood
from cli.session import system
from cli.system import Running
from core.errors import LotseError
from core.settings import PROJECT, Settings
from katalog.own import own_leistungen
from katalog.search.nothing import training_texts
from language.encoder import CachedEncoder
from language.pipeline import model_name

Tell = Callable[[str], None]
COMMON_ERRORS = 12


def judge(running: Running, chosen: Sequence[Case]) -> list[Judged]:
    """What the running system understands, message by message, as ``./lotse parse`` tells it."""
    rows = []
    with httpx.Client(timeout=30, trust_env=False) as http:
        for case in chosen:
            begun = time.perf_counter()
            told = understood(http, running, case.text)
            ms = (time.perf_counter() - begun) * 1000
            hits = told["leistungen"]
            rows.append(
                Judged(
                    case, told["intent"]["name"], told["intent"]["confidence"], tuple(hit["id"] for hit in hits),
                    hits[0]["score"] if hits else 0.0, ms,
                )
            )  # fmt: skip
    return rows


def _figures(rows: Sequence[Judged]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for name, measure in MEASURES.items():
        value = measure(rows)
        if not np.isnan(value):
            table[name] = {"wert": round(value, 4), "intervall": [round(end, 3) for end in interval(rows, measure)]}
    return {"n": len(rows), **table}


def _by_category(rows: Sequence[Judged]) -> dict[str, list[Judged]]:
    grouped: dict[str, list[Judged]] = {}
    for row in rows:
        grouped.setdefault(row.case.category, []).append(row)
    return grouped


def _against_plain(ours: Sequence[Judged], plain: Sequence[Judged]) -> dict[str, Any]:
    pairs: dict[str, list[tuple[bool, bool]]] = {"alle": []}
    for row, searched in zip(ours, plain, strict=True):
        if row.case.services:
            for group in ("alle", row.case.category):
                pairs.setdefault(group, []).append((row.rank == 0, searched.rank == 0))
    table = {}
    for group, both in pairs.items():
        own, other = [a for a, _ in both], [b for _, b in both]
        shares = {"wir": float(np.mean(own)), "suche": float(np.mean(other)), **paired(own, other)}
        table[group] = {"n": len(both), **{key: round(value, 4) for key, value in shares.items()}}
    return table


def _common_errors(rows: Sequence[Judged]) -> dict[str, list[tuple[str, int]]]:
    intents = Counter(f"{row.case.intents[0]} → {row.intent}" for row in rows if not row.intent_right)
    wrong = [(row.case.services or ("keine",), row.services or ("keine",)) for row in rows if not row.service_right]
    services = Counter(f"{right[0]} → {found[0]}" for right, found in wrong)
    return {"absicht": intents.most_common(COMMON_ERRORS), "leistung": services.most_common(COMMON_ERRORS)}


def evaluated(settings: Settings, running: Running, names: Sequence[str], peer_epochs: int | None, tell: Tell) -> dict[str, Any]:
    """The whole report as plain data. Raises LotseError if a test sentence stands in the training data."""
    told = cases.sets()
    written = [case for name in names for case in cases.load(name)]
    encoder = CachedEncoder.open(settings.cache_folder, "evaluate")
    tell("Vergleich der Prüfsätze mit den Übungssätzen …")
    found = leaks([case.text for case in written], training_texts(), encoder)
    encoder.save()
    if found:
        lines = "\n".join(f"  „{test}“ gleicht „{known}“ ({why})" for test, known, why in found[:20])
        raise LotseError(f"{len(found)} Prüfsätze stehen auch in den Übungssätzen und messen deshalb nichts:\n{lines}")
    public = cases.public_out_of_scope()
    tell(f"{len(written) + len(public)} Nachrichten werden verstanden …")
    rows, outside = judge(running, written), judge(running, public)
    plain = plain_search(written, own_leistungen())
    groups = _by_category(rows)
    german = {name: MEASURES["beides"](groups[name]) for name in GERMAN if name in groups}
    worst = min(german.items(), key=lambda one: one[1])
    times = [row.ms for row in (*rows, *outside)]
    sure = [row for row in rows if row.services]
    result: dict[str, Any] = {
        "wann": datetime.now(UTC).isoformat(timespec="seconds"), "stand": _commit(), "pipeline": model_name(settings).rsplit("/", 1)[-1],
        "saetze": {name: told[name] for name in names},
        "gesamt": _figures(rows), "oeffentlich_ausserhalb": _figures(outside),
        "beides_deutsch": {"mittel": round(float(np.mean(list(german.values()))), 4), "schlechteste": worst},
        "kategorien": {name: _figures(group) for name, group in sorted(groups.items())},
        "absichten": per_intent(rows), "gegen_suche": _against_plain(rows, plain),
        "kalibrierung": {
            "absicht": calibration([row.confidence for row in rows], [row.intent_right for row in rows]),
            "leistung": calibration([row.score for row in sure], [row.rank == 0 for row in sure]),
        },
        "ms": {"p50": round(float(np.quantile(times, 0.5)), 2), "p95": round(float(np.quantile(times, 0.95)), 2)},
        "haeufige_fehler": _common_errors(rows),
        "verwechslungen": [[row.case.intents[0] if not row.intent_right else row.intent, row.intent] for row in rows],
    }  # fmt: skip
    if peer_epochs is not None:
        tell(f"Rasas eigene Pipeline (DIET) wird mit {peer_epochs} Epochen trainiert; das dauert …")
        judged, cost = stock_rasa(settings, written, peer_epochs)
        result["rasa"] = {**_figures(judged), **cost}
    return result


def _commit() -> str:
    told = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=PROJECT, capture_output=True, text=True, check=False)
    return told.stdout.strip() or "unbekannt"


def run(settings: Settings, tell: Tell, *, names: Sequence[str], peer_epochs: int | None, as_json: bool) -> None:
    """Measures and writes ``LOTSE_HOME/reports``; prints the figures beside the marks of the issue."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # "on one core": the processes we start inherit it
    chosen = list(names) or [name for name, told in cases.sets().items() if told["rolle"] == "messen"]
    with system(settings, tell) as running:
        result = evaluated(settings, running, chosen, peer_epochs, tell)
    folder = report.write(settings.home / "reports", result)
    if as_json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        print(report.summary(result))
    tell(f"Bericht: {folder}")
