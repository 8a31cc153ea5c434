"""Number plates of cars: the letters of the district tell them from other codes ("A4", "MO-FR 8", "RE-S 1")."""

import re

from language.vocabulary import is_word, lines, sections

_LISTS = {name: " ".join(rows).split() for name, rows in sections("kfz_kreise.txt").items()}
_DISTRICTS = frozenset(_LISTS["kreise"])
# Days, paper, classes: "DIN-A 4", "Mo-Fr 8", "WBS B 12".
_OTHER = re.compile(r"(?:din|mo|di|mi|do|fr|sa|so|iso|en|bzw|wbs|sgb)[^a-zäöü]", re.IGNORECASE)
_FIRST_DIGIT = re.compile(r"[0-9]")
_LETTERS = re.compile(r"[^\W\d_]+")


# Districts that are words as well: "in ab 2024".
_SMALL_WORDS = frozenset((*lines("stopwords.txt"), *_LISTS["wörter"]))


def is_plate(text: str) -> bool:
    """Whether it begins with a district, and is no word with a number behind it."""
    first, *others = _LETTERS.findall(_FIRST_DIGIT.split(text, maxsplit=1)[0])
    if not others:
        begins = any(first[:cut].upper() in _DISTRICTS and 0 < len(first) - cut <= 2 for cut in (1, 2, 3))
        return begins and first not in _SMALL_WORDS and not is_word(first)
    typed_as_words = first.islower() and first in _SMALL_WORDS and "-" not in text
    return first.upper() in _DISTRICTS and not typed_as_words and not _OTHER.match(text)


def is_red_plate(text: str) -> bool:
    """A district with digits only, or with a letter at the end: "KL-06123", "KL-118 A"."""
    first = _LETTERS.findall(text)[0]
    return first.upper() in _DISTRICTS and (first not in _SMALL_WORDS)
