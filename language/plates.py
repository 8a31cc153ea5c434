"""Number plates of cars: the letters of the district tell them from other codes ("A4", "MO-FR 8", "RE-S 1")."""

import re

from language.vocabulary import is_word, lines

_DISTRICTS = frozenset(" ".join(lines("kfz_kreise.txt")).split())
# Days, paper, classes: "DIN-A 4", "Mo-Fr 8", "WBS B 12".
_OTHER = re.compile(r"(?:din|mo|di|mi|do|fr|sa|so|iso|en|bzw|wbs|sgb)[^a-zäöü]", re.IGNORECASE)
_FIRST_DIGIT = re.compile(r"[0-9]")
_LETTERS = re.compile(r"[^\W\d_]+")


# The city's own, which is also typed as a word.
_OWN = "kl"


def is_plate(text: str) -> bool:
    """Whether it begins with a district, and is no word with a number behind it."""
    first, *others = _LETTERS.findall(_FIRST_DIGIT.split(text, maxsplit=1)[0])
    if not others:
        return not is_word(first) and any(first[:cut].upper() in _DISTRICTS and 0 < len(first) - cut <= 2 for cut in (1, 2, 3))
    typed_as_words = first.islower() and first != _OWN and text[len(first)] == " " and is_word(first)
    return first.upper() in _DISTRICTS and not typed_as_words and not _OTHER.match(text)


def is_red_plate(text: str) -> bool:
    """A district with digits only, or with a letter at the end: "KL-06123", "KL-118 A"."""
    first = _LETTERS.findall(text)[0]
    return first.upper() in _DISTRICTS and (first == _OWN or not is_word(first))
