"""Whether two sentences are the same but for a few letters: then one may not teach what the other tests."""

from difflib import SequenceMatcher

from language.folding import fold

ALIKE_LETTERS = 0.9


def bare(text: str) -> str:
    """A sentence as it is compared: folded, without what ends it."""
    return fold(text).strip(" .!?")


def same_letters(one: str, other: str) -> float:
    """Share of equal letters of two bare texts (2 · equal / sum of lengths)."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
