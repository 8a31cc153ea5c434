"""The age of the person a message is about, where it says one: „mein Sohn ist 12“, „ich bin 19“, „unsere siebenjährige Tochter“."""

import re

from language.folding import fold
from language.number import NUMBER_WORDS as _NUMBER

_N = rf"(?P<n>\d{{1,3}}|{'|'.join(sorted(_NUMBER, key=len, reverse=True))})"
_PERSON = (
    r"(?:ich|er|sie|sohn\w*|tochter|kind|kleine[rn]?|grosse[rn]?|junge|maedchen|baby|mann|frau|vater|mutter|oma|opa|enkel\w*|bruder|schwester"
    r"|partner\w*|freund\w*|student\w*|azubi\w*|schueler\w*|rentner\w*|nachbar\w*|der|die|son|daughter|i|he|she)"
)
_IS = r"(?:bin|ist|is|isch|wird|werde|wurde|am|'s|s)"
_NO_AGE = r"(?! ?(?:euro|€|uhr|km|prozent|tag|woch|monat|mal|meter|kilo|seiten|kindern|personen|leuten))"
_NOW = r"(?:ja|jetzt|erst|schon|gerade|grad|noch|halt|just|already|only)"
# A number of years is an age only where it says so: „seit 12 Jahren hier“ and „gilt 10 Jahre“ are none.
_CUES = [
    re.compile(rf"\b{_N}[ -]?jaehrig"),
    re.compile(rf"\b{_N} ?(?:jahre?|j\.?|years?) (?:alt|old|jung)\b"),
    re.compile(rf"\b{_PERSON}(?: (?:\w+ )?)?{_IS}(?: {_NOW})*,? {_N}\b{_NO_AGE}"),
    re.compile(
        rf"\b(?:sohn|tochter|kind|kleine[rn]?|grosse[rn]?|junge|maedchen|enkel\w*|student\w*|azubi\w*|schueler\w*|rentner\w*|son|daughter)"
        rf"\b ?[,(] ?{_N}\b{_NO_AGE}"
    ),
    re.compile(rf"\bbin (?:{_NOW} )*{_N}\b{_NO_AGE}"),
    re.compile(rf"\b{_PERSON}, (?:der|die|das|er|sie) (?:{_NOW} )*{_IS} (?:{_NOW} )*{_N}\b{_NO_AGE}"),
    re.compile(rf"\bmit {_N}(?: jahren)?\b{_NO_AGE}"),
    re.compile(rf"\bes (?:ist|wird) (?:{_NOW} )*{_N}[.! ]*$"),  # „es ist 3 Jahre her“ tells none
]  # fmt: skip
OLDEST = 115


def said_age(text: str) -> int | None:
    """Completed years, or None where no age is told or several are."""
    folded = fold(text)
    found = {_value(match["n"]) for cue in _CUES for match in cue.finditer(folded)}
    ages = {age for age in found if age <= OLDEST}
    return ages.pop() if len(ages) == 1 else None


def _value(said: str) -> int:
    return int(said) if said.isdigit() else _NUMBER[said]
