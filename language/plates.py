"""Number plates of cars: the letters of the district tell them from other codes ("A4", "MO-FR 8", "RE-S 1")."""

import re

from language.vocabulary import is_word, lines

_DISTRICTS = frozenset(" ".join(lines("kfz_kreise.txt")).split())
# Days, paper, classes: "DIN-A 4", "Mo-Fr 8", "WBS B 12".
_OTHER = re.compile(r"(?:din|mo|di|mi|do|fr|sa|so|iso|en|bzw|wbs|sgb)[^a-zäöü]", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")


def is_plate(text: str) -> bool:
    """Whether it begins with a district, and is no word with a number behind it."""
    first, *others = _LETTERS.findall(text[: re.search(r"[0-9]", text).start()])  # type: ignore[union-attr]
    if others or len(text) > len(first) and len(first) < 3 and text[len(first) :].lstrip(" -._:/")[0] in "0123456789":
        return first.upper() in _DISTRICTS and not _OTHER.match(text)
    return not is_word(first) and any(first[:cut].upper() in _DISTRICTS and 0 < len(first) - cut <= 2 for cut in (1, 2, 3))
