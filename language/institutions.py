"""Institutions that a sentence names before or behind an address: by their nouns, and by how their names are told."""

import re
from functools import lru_cache

from language.vocabulary import is_word, sections

_LISTS = sections("einrichtungen.txt")
_ENDINGS = frozenset(_LISTS["endung"])
_WHOLE = frozenset(_LISTS["wort"])
_NONE = frozenset(_LISTS["keine"])
_LONGEST = max(map(len, _ENDINGS))
_SHORTEST = min(map(len, _ENDINGS))
_PHRASE = re.compile(rf"\b(?:{'|'.join(_LISTS['folge'])})")
_WORD = re.compile(r"[a-zäöüßéè&]+(?:-[a-zäöüß]+)*")
# Where a clause ends, and not an abbreviation.
_SENTENCE = re.compile(r"[!?\n](?! ?\Z)|\.(?=\s+\w{3})")
# "Fraunhofer ITWM, ", "im Monte Mare, ", before the street.
_NAME = "[A-ZÄÖÜ][a-zäöüß]+"
_BEFORE_STREET = r",? ?(?:(?:in|an|auf) (?:der|dem) |am |im )?\Z"
_ACRONYM = re.compile(rf"\b[A-ZÄÖÜ]{{3,8}}{_BEFORE_STREET}")
_IN_IT = re.compile(rf"\b(?:[Ii]m|[Ii]ns|[Vv]om|[Bb]eim|[Zz]um) ((?:{_NAME} )?{_NAME}){_BEFORE_STREET}")


@lru_cache(maxsize=4096)
def is_institution(word: str) -> bool:
    """Whether a word, in small letters, is or ends with a noun of an institution: "sparkasse"."""
    if word in _WHOLE:
        return True
    last = word.rsplit("-", 1)[-1]
    if word in _NONE or (last in _NONE and last not in _ENDINGS):
        return False
    return any(word[-length:] in _ENDINGS for length in range(_SHORTEST, min(_LONGEST, len(word)) + 1))


def institution(lowered: str) -> tuple[int, int] | None:
    """Start and end of the last institution in the last sentence of a text in small letters."""
    begin = max((match.end() for match in _SENTENCE.finditer(lowered)), default=0)
    found = [match.span() for match in _WORD.finditer(lowered, begin) if is_institution(match.group())]
    found += [match.span() for match in _PHRASE.finditer(lowered, begin)]
    return max(found, default=None)


def is_named(before: str) -> bool:
    """Whether a name that can only be an institution's stands directly before a street."""
    name = _IN_IT.search(before)
    return _ACRONYM.search(before) is not None or (name is not None and not all(map(is_word, name[1].split())))
