"""Figures over judged messages, each with a bootstrap interval. All figures are shares (0 to 1) unless their name says otherwise."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.evaluate.cases import Case
from core.intents import DOING_INTENTS, SERVICE_INTENTS

ROUNDS = 1000
Shares = NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """A message and what was understood: the intent with its confidence, services best first with the first one's score."""

    case: Case
    intent: str
    confidence: float
    services: tuple[str, ...]
    score: float = 0.0
    ms: float = 0.0

    @property
    def intent_right(self) -> bool:
        return self.intent in self.case.intents

    @property
    def rank(self) -> int:
        """Place of the first right service from 0; 99 where it was not found."""
        return next((place for place, found in enumerate(self.services) if found in self.case.services), 99)

    @property
    def service_right(self) -> bool:
        return self.rank == 0 if self.case.services else not self.services

    @property
    def false_accept(self) -> bool:
        """Something is offered, or a service or doing intent given, for a message outside a city's business."""
        return bool(self.services) or self.intent in (*SERVICE_INTENTS, *DOING_INTENTS)


Measure = Callable[[Sequence[Judged]], float]


def _share(rows: Sequence[Judged], hit: Callable[[Judged], bool], among: Callable[[Judged], bool] = lambda _: True) -> float:
    chosen = [hit(row) for row in rows if among(row)]
    return float(np.mean(chosen)) if chosen else float("nan")


def macro_f1(rows: Sequence[Judged]) -> float:
    """Mean F1 over the intents that occur; an acceptable intent counts as the right one."""
    return float(np.mean([figures["f1"] for figures in per_intent(rows).values()])) if rows else float("nan")


def per_intent(rows: Sequence[Judged]) -> dict[str, dict[str, float]]:
    """{intent: precision, recall, f1, n} over the intents that occur as right ones."""
    wanted = np.array([row.intent if row.intent_right else row.case.intents[0] for row in rows])
    given = np.array([row.intent for row in rows])
    table = {}
    for name in sorted(set(wanted.tolist())):
        hits = float(((wanted == name) & (given == name)).sum())
        precision, recall = hits / max((given == name).sum(), 1), hits / (wanted == name).sum()
        f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
        table[name] = {"precision": precision, "recall": recall, "f1": f1, "n": float((wanted == name).sum())}
    return table


def _meant(row: Judged) -> bool:
    return bool(row.case.services)


def _outside(row: Judged) -> bool:
    return row.case.intents[0] == "ausserhalb"


MEASURES: dict[str, Measure] = {
    "absicht": lambda rows: _share(rows, lambda row: row.intent_right),
    "absicht_macro_f1": macro_f1,
    "leistung_top1": lambda rows: _share(rows, lambda row: row.rank == 0, _meant),
    "leistung_top3": lambda rows: _share(rows, lambda row: row.rank < 3, _meant),
    "keine_precision": lambda rows: _share(rows, lambda row: not _meant(row), lambda row: not row.services),
    "keine_recall": lambda rows: _share(rows, lambda row: not row.services, lambda row: not _meant(row)),
    "beides": lambda rows: _share(rows, lambda row: row.intent_right and row.service_right),
    "falsch_angenommen": lambda rows: _share(rows, lambda row: row.false_accept, _outside),
}


def interval(rows: Sequence[Judged], measure: Measure, rounds: int = ROUNDS, seed: int = 0) -> tuple[float, float]:
    """95 % bootstrap interval over messages."""
    dice = np.random.default_rng(seed)
    drawn = [measure([rows[i] for i in dice.integers(0, len(rows), len(rows))]) for _ in range(rounds)]
    kept = [value for value in drawn if not np.isnan(value)]
    return (float(np.quantile(kept, 0.025)), float(np.quantile(kept, 0.975))) if kept else (float("nan"), float("nan"))


def paired(ours: Sequence[bool], theirs: Sequence[bool], rounds: int = ROUNDS, seed: int = 0) -> dict[str, float]:
    """Mean difference ours - theirs over the same messages, with its 95 % bootstrap interval."""
    difference = np.array(ours, dtype=float) - np.array(theirs, dtype=float)
    drawn = difference[np.random.default_rng(seed).integers(0, len(difference), (rounds, len(difference)))].mean(axis=1)
    return {"mittel": float(difference.mean()), "von": float(np.quantile(drawn, 0.025)), "bis": float(np.quantile(drawn, 0.975))}


def calibration(told: Sequence[float], right: Sequence[bool], bins: int = 10) -> dict[str, object]:
    """Expected calibration error, Brier score and the bins (mean told, share right, n) of probabilities against what came true."""
    probability, hit = np.array(told), np.array(right, dtype=float)
    place = np.minimum((probability * bins).astype(int), bins - 1)
    filled = [k for k in range(bins) if (place == k).any()]
    table = [(float(probability[place == k].mean()), float(hit[place == k].mean()), int((place == k).sum())) for k in filled]
    gap = sum(abs(mean - share) * n for mean, share, n in table) / max(len(hit), 1)
    return {"ece": float(gap), "brier": float(((probability - hit) ** 2).mean()) if len(hit) else float("nan"), "stufen": table}
