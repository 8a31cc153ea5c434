"""Figures over hand-made judgements: each is worked out by hand."""

import math

import pytest

from bench.evaluate.cases import Case
from bench.evaluate.measures import MEASURES, Judged, calibration, interval, paired, per_intent


def judged(intent: str, given: str, services: tuple[str, ...] = (), found: tuple[str, ...] = (), category: str = "alltag") -> Judged:
    return Judged(Case("x", tuple(intent.split("|")), services, category), given, 0.9, found, 0.8)


ROWS = [
    judged("frage_kosten", "frage_kosten", ("pass",), ("pass", "ausweis")),
    judged("frage_kosten|frage_frist", "frage_frist", ("pass", "ausweis"), ("ausweis",)),
    judged("frage_frist", "frage_dauer", ("pass",), ("hund", "katze", "pass")),
    judged("leistung_suchen", "leistung_suchen", ("pass",), ()),
    judged("ausserhalb", "ausserhalb"),
    judged("ausserhalb", "frage_kosten"),
    judged("ausserhalb", "ausserhalb", (), ("pass",)),
    judged("dank", "dank"),
]
BY_HAND = {
    "absicht": 6 / 8, "leistung_top1": 2 / 4, "leistung_top3": 3 / 4, "keine_precision": 3 / 4, "keine_recall": 3 / 4,
    "beides": 4 / 8, "falsch_angenommen": 2 / 3,
}  # fmt: skip


@pytest.mark.parametrize(("name", "value"), BY_HAND.items())
def test_a_figure_is_what_one_counts_by_hand(name: str, value: float) -> None:
    assert MEASURES[name](ROWS) == pytest.approx(value)


def test_an_acceptable_intent_counts_as_the_right_one() -> None:
    table = per_intent(ROWS)
    # One frage_frist was given where it was acceptable, one was missed.
    assert table["frage_frist"] == {"precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3), "n": 2.0}
    assert table["frage_kosten"]["precision"] == 0.5
    assert MEASURES["absicht_macro_f1"](ROWS) == pytest.approx(sum(one["f1"] for one in table.values()) / len(table))


def test_a_figure_without_any_case_is_no_number() -> None:
    assert math.isnan(MEASURES["leistung_top1"]([ROWS[4]]))
    assert math.isnan(MEASURES["beides"]([]))


def test_an_interval_holds_the_figure_and_is_narrower_for_more_messages() -> None:
    low, high = interval(ROWS, MEASURES["absicht"])
    assert low <= 6 / 8 <= high
    narrow = interval(ROWS * 20, MEASURES["absicht"])
    assert narrow[1] - narrow[0] < high - low


def test_a_paired_difference_is_significant_only_when_it_is() -> None:
    sure = paired([True] * 50, [True] * 20 + [False] * 30)
    assert sure["mittel"] == pytest.approx(0.6)
    assert sure["von"] > 0
    unsure = paired([True, False, True, False], [False, True, True, False])
    assert unsure["mittel"] == 0
    assert unsure["von"] < 0 < unsure["bis"]


def test_calibration_is_zero_for_honest_and_large_for_boastful_probabilities() -> None:
    assert calibration([0.75] * 4, [True, True, True, False])["ece"] == pytest.approx(0)
    assert calibration([1.0] * 4, [False] * 4)["ece"] == pytest.approx(1)
    assert calibration([], [])["ece"] == 0
