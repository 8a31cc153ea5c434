"""One spelling for the many ways German is typed: ``Führerschein``, ``Fuehrerschein`` and ``FÜHRERSCHEIN`` are one word."""

import re
import unicodedata

_TRANSCRIBED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l"})
_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Lower case, umlauts transcribed, accents and other marks dropped (й is и, as often typed), white space collapsed."""
    lowered = unicodedata.normalize("NFKC", text).lower().translate(_TRANSCRIBED)
    if not lowered.isascii():  # most German is by now, and building an index folds a million words
        lowered = "".join(c for c in unicodedata.normalize("NFD", lowered) if unicodedata.category(c) != "Mn")
    return " ".join(lowered.split())


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return _WORD.findall(fold(text))
