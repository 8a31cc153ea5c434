"""The report: marks, comparison with the one before, files."""

import json
from pathlib import Path
from typing import Any

import pytest

from bench.evaluate import report

FIGURES = {"n": 10, **{name: {"wert": 0.8, "intervall": [0.7, 0.9]} for name in (
    "absicht", "absicht_macro_f1", "leistung_top1", "leistung_top3", "keine_precision", "keine_recall", "beides", "falsch_angenommen",
)}}  # fmt: skip
AGAINST = {"n": 5, "wir": 0.8, "suche": 0.4, "mittel": 0.4, "von": 0.1, "bis": 0.7}
RESULT: dict[str, Any] = {
    "wann": "2026-11-25T18:00:00+00:00", "stand": "abc", "pipeline": "de_amtslotse_hanta",
    "saetze": {"c": {"rolle": "messen", "stand": "abc", "herkunft": "Von Hand."}},
    "gesamt": FIGURES, "oeffentlich_ausserhalb": {"n": 3, "falsch_angenommen": {"wert": 0.01, "intervall": [0.0, 0.02]}},
    "beides_deutsch": {"mittel": 0.7, "schlechteste": ["dialekt", 0.3]}, "kategorien": {"alltag": FIGURES},
    "absichten": {"dank": {"precision": 1.0, "recall": 0.5, "f1": 0.67, "n": 2.0}}, "gegen_suche": {"alle": AGAINST, "alltag": AGAINST},
    "kalibrierung": {name: {"ece": 0.1, "brier": 0.1, "stufen": [[0.5, 0.6, 3]]} for name in ("absicht", "leistung")},
    "ms": {"p50": 10.0, "p95": 60.0}, "haeufige_fehler": {"absicht": [["dank → lob", 2]], "leistung": []},
    "verwechslungen": [["dank", "lob"], ["dank", "dank"]],
}  # fmt: skip


def reached(result: dict[str, Any]) -> dict[str, dict[str, bool]]:
    return {mark["name"]: mark["erreicht"] for mark in report.marks(result)}


def test_marks_say_what_was_reached_and_less_is_better_for_errors_and_times() -> None:
    marks = reached(RESULT)
    assert marks["Leistung an erster Stelle"] == {"muss": True, "ziel": False}
    assert marks["Absicht und Leistung richtig, schlechteste deutsche Art"] == {"muss": False, "ziel": False}
    assert marks["Falsch angenommen, alle Sätze außerhalb"] == {"muss": True, "ziel": True}
    assert marks["Millisekunden je Nachricht, Median"] == {"muss": True, "ziel": True}
    assert marks["Millisekunden je Nachricht, 95. Perzentil"] == {"muss": False, "ziel": False}


def test_the_summary_tells_every_mark_and_category() -> None:
    told = report.summary(RESULT)
    assert "Vorsprung vor der Suche" in told
    assert "alltag" in told
    assert "verfehlt" in told


@pytest.mark.slow
def test_a_report_stands_beside_the_one_before(tmp_path: Path) -> None:
    first = report.write(tmp_path, RESULT)
    assert "erste Bericht" in first.read_text("utf-8")
    better = {**RESULT, "wann": "2026-11-26T18:00:00+00:00", "gesamt": {**FIGURES, "absicht": {"wert": 0.9, "intervall": [0.8, 1.0]}}}
    second = report.write(tmp_path, better)
    page = second.read_text("utf-8")
    assert "besser" in page
    assert "data:image/png;base64," in page
    assert json.loads(second.with_suffix(".json").read_text("utf-8"))["gesamt"]["absicht"]["wert"] == 0.9


@pytest.mark.slow
def test_only_the_newest_reports_are_kept(tmp_path: Path) -> None:
    for day in range(1, report.KEPT + 4):
        report.write(tmp_path, {**RESULT, "wann": f"2026-10-{day:02}T10:00:00+00:00"})
    assert len(list(tmp_path.glob("*.json"))) == len(list(tmp_path.glob("*.html"))) == report.KEPT


def test_markup_in_a_report_is_text(tmp_path: Path) -> None:
    page = report.write(tmp_path, {**RESULT, "haeufige_fehler": {"absicht": [["<script>x</script>", 1]], "leistung": []}})
    assert "<script>" not in page.read_text("utf-8")
