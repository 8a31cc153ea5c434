"""Gives words typed without umlauts their spelling back, as far as the catalogue knows it: the encoder has never met „Einbuergerung“."""

import re
from collections.abc import Iterable

from language.folding import fold

_WORD = re.compile(r"[^\W\d_]+")


class Spelling:
    """Learned from texts: which folded word stands for which word with umlaut or ß."""

    def __init__(self, texts: Iterable[str]) -> None:
        known: dict[str, str] = {}
        sharp: dict[str, str] = {}
        plain = set()
        for text in texts:
            for word in _WORD.findall(text):
                folded = fold(word)
                if folded == word.lower():
                    plain.add(folded)
                    if folded.endswith("s") and len(folded) > 6:
                        sharp.setdefault(f"{folded}s", word)  # „Personalausweiß“
                else:
                    known.setdefault(folded, word)
        # „Masse“ is a word of its own: nothing is restored where the plain spelling is used too.
        self._known = {folded: word for folded, word in known.items() if folded not in plain} | sharp

    def restored(self, text: str) -> str:
        """The text with known words in their own spelling; all others as typed."""
        return _WORD.sub(lambda found: self._known.get(fold(found[0]), found[0]), text)
