"""Which of several offered things a message names by its place: „das zweite“, „Nummer 3“, „die letzte bitte“."""

import re

from language.folding import fold

_PLACES = {
    "erst": 0, "eins": 0, "first": 0, "zweit": 1, "zwei": 1, "second": 1, "dritt": 2, "drei": 2, "third": 2, "viert": 3, "vier": 3,
    "fourth": 3, "fuenft": 4, "fuenf": 4, "sechst": 5, "siebt": 6, "acht": 7, "neunt": 8, "letzt": -1, "last": -1,
}  # fmt: skip
# Words that may stand around it.
_FRAME = frozenset([
    "ja", "nein", "nee", "also", "bitte", "ich", "meine", "meinte", "mein", "nehme", "nehm", "will", "moechte", "nimm", "na", "dann",
    "eher", "wohl", "hm", "aeh", "ok", "okay", "das", "der", "die", "den", "dem", "davon", "von", "nummer", "nr", "punkt", "option",
    "antwort", "moeglichkeit", "the", "number", "one", "i", "mean", "please", "would", "like", "mal", "da", "denen", "oben", "in",
    "liste", "auf", "wieder", "glaub", "glaube",
])  # fmt: skip
_WORD = re.compile(r"\w+")
_ORDINAL = re.compile(rf"({'|'.join(_PLACES)})(e|er|es|en|em|ens)?")


def place_of(text: str) -> int | None:
    """Place from 0 (-1: the last); None where the message says anything else, too."""
    found = None
    for word in _WORD.findall(fold(text)):
        ordinal = _ORDINAL.fullmatch(word)
        if word.isdigit() and 1 <= int(word) <= 9:
            place = int(word) - 1
        elif ordinal:
            place = _PLACES[ordinal[1]]
        elif word in _FRAME:
            continue
        else:
            return None
        if found is not None:
            return None
        found = place
    return found
