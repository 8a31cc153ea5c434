"""Addresses of private persons: a street with its house number, and the town with its postcode beside it.

The addresses of offices stay readable, for citizens ask the way there: those of the catalogue (``amtsanschriften.txt``), and those
that the sentence gives to an institution ("beim Finanzamt, Eisenbahnstraße 56"). A street alone and a town alone say too little.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from language.folding import fold
from language.vocabulary import FIRST, is_word, key_of, lines, sections

_WORDS = {name: "|".join(words).replace(" ", "[ ]") for name, words in sections("strassenwoerter.txt").items()}
# How far before a street its sentence is read.
BEFORE = 80


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


_LETTER = r"[^\W\d_]"
_PART = r"(?:[ ]?[a-z](?!\w))?"
_NUMBER = rf"""(?P<number>(?:nr\.?[ ]?)?[1-9][0-9]{{0,3}}{_PART}(?:[ ]?[-/+][ ]?[1-9][0-9]{{0,2}}{_PART})?)
    (?![\w:]|[.,][0-9]|[ ]?(?:{_WORDS["gezählt"]}))(?!\.[ ]?(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez|[0-9]))"""
_TOWN = rf"""(?:D-?[ ]?)?[0-9]{{5}}(?:[ ]+{_LETTER}+\.?(?:[-'’]{_LETTER}+)*
    (?:[ ](?:am[ ](?:Rhein|Main|Neckar|See|Inn)|an[ ]der[ ]{_LETTER}+|a\.[ ]?d?\.?[ ]{_LETTER}+))?(?:[ ]?\([^)\n]{{1,20}}\))?)?"""
_TAIL = rf"(?P<tail>(?:[ ]?[,;.]?\s{{0,2}}(?:in[ ])?{_TOWN})?)"

# "Königstraße 76", "Pariser Str. 12 a", "Karl-Marx-Straße 31, 67655 Kaiserslautern".
_STREET = _re(
    rf"(?<![\w-])(?P<name>(?:{_LETTER}+\.?-){{0,4}}{_LETTER}{{0,30}}?(?P<type>{_WORDS['sicher']}))[ ]{{0,2}},?[ ]?{_NUMBER}{_TAIL}"
)
_NAMED = _re(
    rf"""(?<![\w-])(?P<name>(?:stra(?:ß|ss)e|platz|weg|allee)[ ](?:des|der|vom|von|zum|zur|am)[ ](?:[0-9]{{1,2}}\.[ ])?{_LETTER}+)
    [ ]{_NUMBER}{_TAIL}"""
)
# "Am Altenhof 7", "In der Lauterspring 5a", "Unter den Linden 3".
_AT = _re(
    rf"""(?<![\w-])(?P<name>(?:{_WORDS["voran"]})[ ](?:(?:{_WORDS["beiwort"]})[ ])?(?P<word>{_LETTER}{{3,30}}(?:-{_LETTER}+){{0,3}}))
    [ ]{_NUMBER}{_TAIL}"""
)
# "Stiftswald 4, 67657 Kaiserslautern": any word, when a postcode and a town follow the number.
_BEFORE_TOWN = _re(rf"(?<![\w-])(?P<name>{_LETTER}+(?:[- ]{_LETTER}+){{0,2}})[ ]{_NUMBER}[ ]?[,;]?\s{{1,2}}(?P<tail>{_TOWN})")
# "Lämmchesberg 12", without a postcode only where it says that somebody lives there.
_OTHER = _re(rf"(?<![\w-])(?P<name>{_LETTER}{{2,30}}(?:{_WORDS['sonst']}))[ ]{_NUMBER}{_TAIL}")

_DIGIT = re.compile(r"[1-9]")
_NO_STREET = _re(rf"(?:{_WORDS['kein_anfang']})(?:{_WORDS['sicher']})")
_NO_NAME = _re(rf"(?:{_WORDS['kein_name']})")
_WORD_BEFORE = re.compile(rf"(?P<word>(?:{_LETTER}+\.?-){{0,3}}{_LETTER}+\.?) \Z")
_ROOM = _re(rf"(?:{_WORDS['raum']})")
_PREPOSITION_BEFORE = _re(rf"(?<![\w-])(?P<word>{_WORDS['voran']})(?:[ ](?:{_WORDS['beiwort']}))?[ ]\Z")
_NOT_ITS_NAME = _re(rf"(?:(?:{_WORDS['vorweg']})[ ])+")
_LIVES = _re(rf"\bwohn\w*(?:[ ]{_LETTER}+){{0,2}}[ ]\Z")
_INSTITUTION = _re(rf"(?:{_WORDS['einrichtung']})\b[^.!?\n]{{0,40}}\Z")
_HOME = _re(rf"\b(?:{_WORDS['zuhause']})\b[^.!?\n]{{0,40}}\Z")


def office_key(street: str) -> str:
    """One spelling of a street and its number: "Willy Brandt Platz 1" and "willy-brandt-pl. 1"."""
    folded = re.sub(r"str\b\.?", "strasse", re.sub(r"pl\.", "platz", fold(street)))
    return re.sub(r"[^a-z0-9]", "", folded)


@lru_cache(maxsize=1)
def offices() -> frozenset[str]:
    """The addresses of offices, each as its key."""
    return frozenset(map(office_key, lines("amtsanschriften.txt")))


def streets(text: str) -> Iterator[tuple[int, int, int]]:
    """Streets with a house number, also those of offices: start, end of the number, end with the town behind it."""
    if not _DIGIT.search(text):
        return
    for pattern in (_STREET, _NAMED, _AT, _BEFORE_TOWN, _OTHER):
        for match in pattern.finditer(text):
            start = _begin(pattern, match, text)
            if start is not None:
                yield start, match.end("number"), match.end()


def _begin(pattern: re.Pattern[str], match: re.Match[str], text: str) -> int | None:
    """Where the street's name begins, or None where it is none."""
    name, start = match["name"], match.start()
    if pattern is _STREET:
        if _NO_STREET.fullmatch(name):
            return None
        return _before_type(text, start) if len(name) == len(match["type"]) else _with_preposition(text, start)
    if pattern is _BEFORE_TOWN:
        leading = _NOT_ITS_NAME.match(name)
        return start + (leading.end() if leading else 0)
    before = text[max(0, start - BEFORE) : start]
    if match["tail"] or pattern is _NAMED:
        return start
    if pattern is _OTHER:
        return start if _HOME.search(before) and not is_word(name) else None
    # "Wir heiraten, Am Altenhof 7" and "wohne am kaiserberg 9", but not "im Zimmer 214".
    word = match["word"]
    named = name[0].isupper() and before.strip() != "" and before.rstrip()[-1] not in ".!?"
    likely = named or _LIVES.search(before) or (word[0].isupper() and not is_word(word))
    return start if likely and not _ROOM.fullmatch(word) else None


def _before_type(text: str, start: int) -> int | None:
    """The beginning of "Trippstadter" before "Straße 118"; None where no name stands there."""
    before = _WORD_BEFORE.search(text, max(0, start - BEFORE), start)
    if not before or _NO_NAME.fullmatch(before["word"]):
        return None
    # "Karl Marx Straße 5".
    first = _WORD_BEFORE.search(text, max(0, before.start() - BEFORE), before.start())
    return first.start() if first and first["word"][0].isupper() and key_of(first["word"].rstrip(".")) in FIRST else before.start()


def _with_preposition(text: str, start: int) -> int:
    """The beginning of "In der Lauterspring 5a": a capital preposition belongs to the name."""
    before = _PREPOSITION_BEFORE.search(text, max(0, start - BEFORE), start)
    return before.start() if before and before["word"][0].isupper() else start


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand that are no offices', with their postcode and town."""
    for start, number, end in streets(text):
        if office_key(text[start:number]) in offices():
            continue
        before = text[max(0, start - BEFORE) : start]
        institution = _INSTITUTION.search(before)
        if not institution or _HOME.search(before[institution.start() :]):
            yield start, end
