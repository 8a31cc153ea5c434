"""What citizens say: the lines of the dialogues that were written to measure."""

import random
from functools import cache

from bench.evaluate.dialogues import load


def scripts(seed: int = 0) -> list[list[str]]:
    """What citizens say in the dialogues of tests/conversations, follow-ups after their question; all kinds mixed."""
    said = [list(lines) for lines in _said()]
    random.Random(seed).shuffle(said)
    return said


@cache
def _said() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(step.sagt for step in dialogue.schritte if step.sagt) for dialogue in load())
