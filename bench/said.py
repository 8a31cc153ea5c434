"""What citizens say: the lines of the dialogues that were written to measure."""

import random

from bench.evaluate.dialogues import load


def scripts(seed: int = 0) -> list[list[str]]:
    """What citizens say in the dialogues of tests/conversations, follow-ups after their question; all kinds mixed."""
    said = [[step.sagt for step in dialogue.schritte if step.sagt] for dialogue in load()]
    random.Random(seed).shuffle(said)
    return said
