"""Addresses of private persons: a street with its house number, and the town with its postcode beside it.

The addresses of offices stay readable, for citizens ask the way there: those of the catalogue (``amtsanschriften.txt``), and those
that the sentence gives to an institution ("beim Finanzamt, Eisenbahnstraße 56"). A street alone and a town alone say too little.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from language.folding import fold
from language.institutions import institution, is_institution, is_named
from language.vocabulary import FIRST, is_word, key_of, lines, sections

_WORDS = {name: "|".join(words).replace(" ", "[ ]") for name, words in sections("strassenwoerter.txt").items()}
# How far before a street its sentence is read.
BEFORE = 80


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


_LETTER = r"[^\W\d_]"
_PART = r"(?:[ ]?[a-z](?!\w))?"
_TOWN = rf"""(?:D-?[ ]?)?[0-9]{{5}}(?:[ ]+{_LETTER}+\.?(?:[-'’]{_LETTER}+)*
    (?:[ ](?:am[ ](?:Rhein|Main|Neckar|See|Inn)|an[ ]der[ ]{_LETTER}+|a\.[ ]?d?\.?[ ]{_LETTER}+))?(?:[ ]?\([^)\n]{{1,20}}\))?)?"""
# A house number that is no year, and what may follow it: "12 a, 67655 Kaiserslautern".
_HOUSE = _re(
    rf"""(?<![\w,§€-])(?P<number>
    (?:(?:haus)?(?:nr\.?|nummer)[ ]?)?(?!20[0-3][0-9](?![0-9]))[1-9][0-9]{{0,3}}{_PART}
    (?:[ ]?[-/+][ ]?[1-9][0-9]{{0,2}}{_PART})?(?:[ ]?/[ ]?[IVX]{{1,4}}(?!\w))?)
    (?![\w:]|[.,][0-9]|[ ]?(?:{_WORDS["gezählt"]}))(?!\.[ ]?(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez|[0-9]))
    (?P<tail>(?:[ ]?[,;.]?\s{{0,2}}(?:in[ ])?(?:(?P<coded>{_TOWN})|(?:{_WORDS["ort"]})(?![\w-])))?)"""
)
# The word before it: "Karl-Marx-Straße", "Str."; and the word before that one.
_LAST = re.compile(rf"(?<![\w-])(?:{_LETTER}+\.?-){{0,4}}{_LETTER}+\.?(?=[ ]{{0,2}},?[ ]?\Z)")
_TYPED = _re(rf"(?P<head>.*?)(?:{_WORDS['sicher']})")
# "Straße des 13. Januar", "Platz der Republik".
_NAMED = _re(rf"\b(?:stra(?:ß|ss)e|platz|weg|allee)[ ](?:des|der|vom|von|zum|zur|am)[ ](?:[0-9]{{1,2}}\.[ ])?{_LETTER}+[ ]\Z")
# "Am Altenhof", "In der Lauterspring", "Unter den Linden".
_AT = _re(rf"(?<![\w-])(?:{_WORDS['voran']})[ ](?:(?:{_WORDS['beiwort']})[ ])?(?P<word>{_LETTER}{{3,30}}(?:-{_LETTER}+){{0,3}})[ ]\Z")
_OTHER = _re(rf".{{2,}}(?:{_WORDS['sonst']})")
_NO_STREET = _re(rf"(?:{_WORDS['keine']})")
_NO_NAME = _re(rf"(?:{_WORDS['kein_name']})")
_NOT_ITS_NAME = _re(rf"(?:{_WORDS['vorweg']})")
_ROOM = _re(rf"(?:{_WORDS['raum']})")
_PREPOSITION = _re(rf"(?<![\w-])(?P<word>{_WORDS['voran']})(?:[ ](?:{_WORDS['beiwort']}))?[ ]\Z")
_LIVES = _re(rf"\bwohn\w*(?:[ ]{_LETTER}+){{0,2}}[ ]\Z")
# "5a" is no room and no counter.
_LETTERED = re.compile(r"[0-9][a-gA-G]\Z")
# "Meldeadresse: ", "wohnhaft in ".
_SAYS_STREET = _re(
    r"""(?:adresse|anschrift|wohnhaft|wohne[nt]?|wohnt)(?:[ ](?:ist|lautet|jetzt|nun|aktuell|derzeit|noch))?
    (?:[ ](?:in|im|am))?:?\s\Z"""
)
# What follows is read in small letters, which is faster.
# "Pariser Straße 23 (Jobcenter)", "Logenstraße 5, ist das die Polizei?"
_BEHIND = re.compile(rf"[ ]?[,(–-]?[ ]?(?:(?:ist|sitzt|liegt|also|da|das|die|der|dem|im|beim)[ ]){{0,3}}({_LETTER}{{3,30}})")
_PRIVATE = re.compile(rf"\b(?:{_WORDS['privatleben']})")
_VISIT = re.compile(rf"[^.!?\n]{{0,60}}?\b(?:{_WORDS['dorthin']})\b")
_LIVES_BEHIND = re.compile(r",? ?wohn(?:e|en|t|te)\b")
# "Liebes Bauamt, ".
_GREETED = re.compile(
    r"\b(?:hallo|hi|hey|moin|servus|liebe[srn]?|geehrte[srn]?|guten? (?:tag|morgen|abend)|an (?:das|die))(?: liebe[srn]?)?,? \Z"
)
# Where another part of the sentence begins.
_PART_OF_SENTENCE = re.compile(r"[,;:.!?\n–]| und ")
# "67663 KL, " before the street; "Nr. 14 der Gersweilerhofstraße".
_CODED = re.compile(rf"(?<![\w-])(?:[Dd]-?)?[0-9]{{5}} {_LETTER}+(?:-{_LETTER}+)*,?\s\Z")
_REVERSED = _re(
    rf"""\b(?:(?:haus)?(?:nr\.?|nummer)[ ]?[1-9][0-9]{{0,2}}{_PART}[ ](?:(?:in|an)[ ])?(?:der|des|dem|vom|am|im)[ ]
    |(?:at|is)[ ][1-9][0-9]{{0,2}}[ ])
    (?:{_LETTER}{{1,30}}-){{0,4}}(?:{_LETTER}{{3,30}}[ ])?{_LETTER}{{0,30}}?(?:{_WORDS["sicher"]})(?!\w)"""
)
_HOME = re.compile(rf"\b(?:{_WORDS['zuhause']})\b[^.!?\n]{{0,40}}\Z")


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
    for house in _HOUSE.finditer(text):
        start = max(0, house.start() - BEFORE)
        sure = _LETTERED.search(house["number"]) or _LIVES_BEHIND.match(text, house.end())
        begin = _begin(text[start : house.start()], bool(house["coded"]), bool(sure))
        if begin is not None:
            yield start + begin, house.end("number"), house.end()


def _begin(before: str, town: bool, sure: bool) -> int | None:
    """Where the street begins in the text before a house number, or None where no street stands there.

    ``town``: a postcode follows; ``sure``: it can be nothing but a house number.
    """
    last = _LAST.search(before)
    if not last:
        return None
    street, start = last.group(), last.start()
    if typed := _TYPED.fullmatch(street):
        if _NO_STREET.fullmatch(street):
            return None
        return _with_preposition(before, start) if typed["head"] else _before_type(before, start)
    if named := _NAMED.search(before):
        return named.start()
    if (at := _AT.search(before)) and not _ROOM.fullmatch(at["word"]) and (town or sure or _is_street(before, at)):
        return at.start()
    if town:
        return _with_capitals(before, start)
    if _SAYS_STREET.search(before, 0, start) and not _ROOM.fullmatch(street) and (street[0].isupper() or not is_word(street)):
        return start
    # "Lämmchesberg 12", where it says that somebody lives there.
    return start if _OTHER.fullmatch(street) and _HOME.search(before.lower(), 0, start) and not is_word(street) else None


def _is_street(before: str, at: re.Match[str]) -> bool:
    """ "Wir heiraten, Am Altenhof 7" and "wohne am kaiserberg 9", but not "am Schalter 4"."""
    earlier = before[: at.start()].rstrip()
    inside = bool(earlier) and earlier[-1] not in ".!?"
    if (inside and at.group()[0].isupper()) or _LIVES.search(before, 0, at.start()):
        return True
    return at["word"][0].isupper() and not is_word(at["word"])


def _before_type(before: str, start: int) -> int | None:
    """The beginning of "Trippstadter" before "Straße 118"; None where no name stands there."""
    name = _LAST.search(before[:start])
    if not name or _NO_NAME.fullmatch(name.group()):
        return None
    # "Karl Marx Straße 5".
    first = _LAST.search(before[: name.start()])
    close = first and before[first.end() : name.start()] == " "
    return first.start() if first and close and first.group()[0].isupper() and key_of(first.group().rstrip(".")) in FIRST else name.start()


def _with_preposition(before: str, start: int) -> int:
    """The beginning of "In der Lauterspring": a capital preposition belongs to the name."""
    preposition = _PREPOSITION.search(before, 0, start)
    return preposition.start() if preposition and preposition["word"][0].isupper() else start


def _with_capitals(before: str, start: int) -> int:
    """The beginning of "Via Garibaldi", "Hinterer Graben"."""
    earlier = _LAST.search(before[:start])
    return earlier.start() if earlier and earlier.group()[0].isupper() and not _NOT_ITS_NAME.fullmatch(earlier.group()) else start


def _is_institutions(text: str, start: int, end: int) -> bool:
    """Whether the sentence gives an address, ``text[start:end]``, to an institution."""
    typed = text[max(0, start - BEFORE) : start]
    before, after = typed.lower(), text[end : end + BEFORE].lower()
    found = institution(before)
    if found and not _GREETED.search(before, 0, found[0]):
        # "Ich wohne neben der Schule, Hauptstraße 5".
        part = _PART_OF_SENTENCE.split(before[: found[0]])[-1]
        return not (_HOME.search(before, found[1]) or _PRIVATE.search(part) or _LIVES_BEHIND.match(after))
    behind = _BEHIND.match(after)
    if behind and is_institution(behind[1]):
        return True
    if _PRIVATE.search(before) or _PRIVATE.search(after):
        return False
    return is_named(typed) or (not _HOME.search(before) and _VISIT.match(after) is not None)


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand that are no offices', with their postcode and town."""
    for start, number, end in streets(text):
        if office_key(text[start:number]) in offices() or _is_institutions(text, start, end):
            continue
        coded = _CODED.search(text, max(0, start - BEFORE), start)
        yield coded.start() if coded else start, end
    yield from (match.span() for match in _REVERSED.finditer(text))
