"""The words of a service's names: they stand in each question about it and tell none from another."""

import re
from collections.abc import Collection, Sequence

from language.folding import fold
from language.stems import stem, stems

_TOKEN = re.compile(r"\w+|[?!]")


def name_stems(titel: str, synonyme: Sequence[str]) -> frozenset[str]:
    """Stems of all the names."""
    return frozenset(stems(" ".join([titel, *synonyme])))


def without(text: str, names: Collection[str]) -> str:
    """The text without the words with these stems; the whole text where nothing else is said."""
    return " ".join(token for token in _TOKEN.findall(text) if stem(fold(token)) not in names) or text
