"""The gate: a candidate may go live only if it is hardly worse anywhere."""

from console.learning.limits import Gate
from console.learning.report import Measured, Rule

# Figures are shares; a rounding in the last place refuses nobody.
EPSILON = 1e-9


def judge(candidate: Measured, live: Measured, limits: Gate) -> list[Rule]:
    """Each rule with its figures (points of 100; for the intents the most errors more)."""
    points = [
        ("macro_f1", candidate.macro_f1, live.macro_f1, limits.macro_f1),
        ("leistung_top1", candidate.leistung_top1, live.leistung_top1, limits.leistung_top1),
        ("gespraeche", candidate.gespraeche_richtig, live.gespraeche_richtig, limits.gespraeche),
    ]
    rules = [
        Rule(name=name, kandidat=100 * ours, live=100 * theirs, erlaubt=allowed, bestanden=100 * (theirs - ours) <= allowed + EPSILON)
        for name, ours, theirs, allowed in points
    ]
    further = {name: count - live.fehler()[name] for name, count in candidate.fehler().items()}
    too_many = sorted((name for name, more in further.items() if more > limits.fehler_je_absicht), key=lambda name: -further[name])
    most = max(further.values(), default=0)
    rules.append(
        Rule(name="fehler_je_absicht", kandidat=max(most, 0), live=0, erlaubt=limits.fehler_je_absicht, bestanden=not too_many,
             mehr=[f"{name} (+{further[name]})" for name in too_many])
    )  # fmt: skip
    return rules
