"""Personal numbers that a word nearby names: "die Steuer-ID meines Mannes wäre dann 12.345.678.901", "L01X00T47, so heißt der Perso".

What is looked for depends on the word; it may stand before or behind the number, within the clause. So groups may be parted by anything,
letters may stand for digits, and check digits may be wrong: mistyped, a number is personal all the same.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

from language.cues import GROUPS, cues
from language.dates import has_date
from language.plates import is_plate, is_red_plate
from language.vocabulary import is_word

# What may part the characters of a number, and what is typed for digits.
S = r"[\s._/:|,()\[\]\\+*-]{0,3}"
D = "(?:[0-9]|[oil](?=[0-9oil])|(?<=[0-9oil])[oil])"
# As far as a clause is read behind a word and before it; and how long a number may be with all that parts it.
AHEAD, BACK, LONGEST = 70, 60, 60
# A word behind the number has to be that much nearer than one before it.
BEHIND = 12
# So often a stretch of text is tried for one kind.
TRIES = 8
# What ends a clause, unless the number follows at once: "Steuer-ID? 12345678901". An abbreviation ends none.
_CLAUSE = re.compile(r"(?:[!?;]|\n\s*\n|(?<=[a-zäöüß]{3})\.\s+(?=[A-ZÄÖÜ][a-zäöüß]+\s))(?!\W{0,2}[A-Za-z]{0,3}[0-9])")
_NUMBER = re.compile(r"[0-9]")
# Amounts, shares, times and what else is counted are no personal numbers.
_COUNTED = re.compile(r"[ ]?(?:€|eur|uhr|%|prozent|jahre|tage|cent|km|kg|m\b|h\b|min|stellen|ziffern|zeichen|stellig)")


_PART = re.compile(r"(?<![a-z0-9])[a-zäöü]{3,}(?![a-z0-9])")
_VOWEL = re.compile(r"[aeiouäöü]")
_YEAR = re.compile(r"(?<![a-z0-9])(?:19|20)[0-9]{2}(?![a-z0-9])")
# "2025-000418" is the number of something ordered or filed.
_FILED = re.compile(r"(?:19|20)[0-9]{2}[-/][0-9]+$")


def _letters(least: int) -> Callable[[str], bool]:
    """Has this many real digits, and they are no date."""
    return lambda number: sum(map(str.isdigit, number)) >= least and not has_date(number)


def _most(number: str) -> bool:
    """Is nearly all digits, and no date."""
    digits = sum(map(str.isdigit, number))
    return digits >= 0.7 * sum(map(str.isalnum, number)) and not has_date(number) and not _FILED.match(number)


def _no_words(number: str) -> bool:
    """None of its parts is a word: "in 2023, jetzt"."""
    return not any(_VOWEL.search(part) and is_word(part) for part in _PART.findall(number)) and not has_date(number)


def _mixed(number: str) -> bool:
    """Has digits and letters beyond the first two."""
    return any(map(str.isdigit, number)) and any(map(str.isalpha, number[2:])) and _no_words(number)


def _serial(number: str) -> bool:
    """Has two digits at least and is no "from 1990", "Nov 2024"."""
    words = any("o" in part for part in _PART.findall(number))
    return sum(map(str.isdigit, number)) > 1 and not words and not _YEAR.search(number)


def _no_year(number: str) -> bool:
    return not re.fullmatch(r"(?:19|20)[0-9]{2}(?:\W(?:19|20)[0-9]{2})?", number) and not has_date(number)


def _no_word(plate: str) -> bool:
    """No "ab 2014", "bis 1000"."""
    return not any(is_word(part) for part in re.findall(r"[a-z]+", plate)) and not re.search(r"(?:19|20)[0-9]{2}", plate)


def _phone(number: str) -> bool:
    """No year, date, time of day, or number that anybody may call."""
    digits = re.sub(r"\D", "", number)
    public = (digits.startswith(("110", "112", "115")) and len(digits) < 5) or re.match(r"116[0-9]{3}$|99", digits) is not None
    # "31 67655 Kaiserslautern".
    if re.fullmatch(r"[1-9][0-9]{0,2}\W+[0-9]{5}", number):
        return False
    return not public and _most(number) and not re.search(r"[0-9]{2}[.:][0-9]{2}\s?-|(?:19|20)[0-9]{2}\W{1,3}(?:19|20)[0-9]{2}$", number)


def _digits(least: int, most: int, parted: str = S) -> str:
    return rf"{D}(?:{parted}{D}){{{least - 1},{most - 1}}}"


# Digits that a number has at least, and those of kinds with letters.
FEWEST = 4
_FEWEST = {"kfz": 1, "vorgang": 1, "code": 1, "ausweis_nr": 2, "pass_nr": 2}


class Shape(NamedTuple):
    """A number of ``kind`` near words of these groups (``cues``), at most ``far`` away; it has ``least`` digits."""

    kind: str
    groups: str
    pattern: re.Pattern[str]
    check: Callable[[str], bool]
    far: int
    least: int


def _shape(kind: str, groups: str, pattern: str, check: Callable[[str], bool], far: int = AHEAD) -> Shape:
    whole = re.compile(rf"(?<![a-z0-9äöüß])(?<![0-9][./_-])(?:{pattern})(?![a-z0-9äöüß]|[.,][0-9])")
    return Shape(kind, groups, whole, check, far, _FEWEST.get(kind, FEWEST))


# Serial numbers of identity documents use no vowels and no letters that look like digits; other countries' are up to three letters and
# digits.
_SERIAL = "[cfghjklmnprtvwxyz0-9o]"
_C = "[0-9a-z]"
# What parts the digits of telephone numbers, and of a PIN: they are short, so a sentence must not come between.
_DIALLED = r"[\s._/()\\-]{0,3}"
_FEW, _PARTED = r"[\s._/-]{0,3}", r"(?:[._/:·•*]|[ ]{0,2}-?[ ]{0,2})"
# A short number is no part of a longer one.
_ALONE, _DONE = "(?<![0-9][ ./-])", r"(?![ /-]{1,2}[0-9]|[.,:][0-9])"

SHAPES = (
    _shape("iban", "iban", rf"[a-z]{{2}}{S}{_digits(12, 28)}", _most),
    _shape("iban", "iban", rf"[a-z]{{2}}[0-9]{{2}}[ ]?(?:{_C}{{4}}[ ]?){{2,6}}{_C}{{1,4}}", _letters(10)),
    _shape("iban", "iban", _digits(18, 22), _most),
    _shape("iban", "iban", _digits(7, 10, "[ .]?"), _most, 25),
    _shape("kreditkarte", "karte", _digits(13, 19), _most),
    _shape("vorgang", "vorgang", rf"[a-z]{{2}}{S}{_C}{{4}}{S}{_C}{{4}}{S}[0-9a-z*~$=]", _mixed),
    _shape("vorgang", "vorgang", rf"kl(?:{S}{_C}){{8}}{S}[0-9a-z*~$=]", _mixed),
    _shape("code", "code", rf"{_C}{{4}}(?:{S}{_C}{{4}}){{3}}", _mixed),
    _shape("code", "code", rf"(?:{_C}{S}){{15}}{_C}", _mixed),
    _shape("pin", "pin", _digits(6, 8, _FEW), _no_year),
    _shape("pin", "pin", rf"{_ALONE}[0-9]{{4,5}}{_DONE}", _no_year, 24),
    _shape("pin", "pin", rf"{_ALONE}[0-9]{{4}}{_DONE}", str.isdigit, 9),
    _shape("sv_nr", "sv kv", rf"{_digits(8, 8)}{S}[a-z]{S}{_digits(3, 3)}", _letters(9)),
    _shape("krankenversichertennr", "kv sv", rf"[a-z]{S}{_digits(9, 9)}", _most),
    _shape("pass_nr", "ausweis pass", rf"[cfghjk](?:{S}{_SERIAL}){{7,9}}(?:{S}d)?", _serial),
    _shape("ausweis_nr", "ausweis pass", rf"(?!nr\b)[lmnprtvwxyz](?:{S}{_SERIAL}){{7,9}}(?:{S}d)?", _serial),
    _shape("ausweis_nr", "ausweis", rf"{_digits(9, 10)}{S}d", _most),
    *(
        _shape(kind, group, pattern, check, far)
        for kind, group in (("pass_nr", "pass"), ("ausweis_nr", "ausweis"))
        for pattern, check, far in (
            (rf"(?!nr\b)[a-z]{{1,3}}{S}{_digits(6, 9)}", _most, 45),
            (rf"[0-9]{{2}}{S}[a-z]{{2}}{S}{_digits(4, 6)}", _letters(6), 45),
            (rf"(?=[a-z]*[0-9]){_C}{{8,12}}", _letters(2), 45),
            (_digits(8, 10, "[ .-]?"), _most, 30),
        )
    ),
    _shape("steuer_id", "steuer", _digits(10, 13), _most),
    _shape(
        "phone",
        "phone",
        rf"(?:\+{_DIALLED}|\({_DIALLED})?{_digits(6, 15, _DIALLED)}",
        _phone,
    ),
    _shape("phone", "phone", rf"{_ALONE}[0-9](?:[ /-]?[0-9]){{3,4}}{_DONE}", lambda number: _no_year(number) and _phone(number), 9),
    _shape("kfz", "kfz", rf"[a-zäöü]{{1,3}}{_PARTED}[a-z]{{1,2}}{_PARTED}[1-9][0-9]{{0,3}}(?:[ ]?[eh])?", is_plate),
    # Red and customs plates, those of scooters, other countries'.
    _shape("kfz", "kfz", rf"[a-zäöü]{{1,3}}{_PARTED}(?:0[3-7][0-9]{{2,4}}|[0-9]{{2,4}}[ -]?[a-z])", is_red_plate, 45),
    _shape("kfz", "kfz", r"[0-9]{3}[ -]?[a-z]{3}", _no_word, 45),
    _shape("kfz", "kfz", r"[a-z]{2,3}[ -]?[0-9]{3,5}[a-z]{0,2}|[a-z]{2}[ -]?[0-9]{3}[ -]?[a-z]{2}", _no_word, 30),
)
_BY_GROUP = {group: tuple(shape for shape in SHAPES if group in shape.groups.split()) for group in GROUPS}


def near(plain: str, lowered: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of numbers near the words that name them, the nearest first, of those the longest. The text comes as it is
    and in small letters.
    """
    digits = [match.start() for match in _NUMBER.finditer(lowered)]
    found: list[tuple[int, int, int, int, str]] = []
    for group, start, end in cues(lowered):
        place = bisect_left(digits, start)
        ahead = bisect_left(digits, end + AHEAD + LONGEST) - place
        back = place - bisect_left(digits, start - BACK)
        if not ahead and not back:
            continue
        stop = _CLAUSE.search(plain, end + 1, end + AHEAD)
        limit = stop.start() if stop else end + AHEAD
        before = start - BACK
        for clause in _CLAUSE.finditer(plain, max(0, before), start):
            before = clause.end()
        for shape in _BY_GROUP[group]:
            if ahead >= shape.least:
                for match in _matches(shape, lowered, end, min(len(lowered), limit + LONGEST)):
                    distance = match.start() - end
                    if match.start() <= limit and distance <= shape.far:
                        found.append((distance, match.start() - match.end(), *match.span(), shape.kind))
            if back >= shape.least:
                for match in _matches(shape, lowered, max(0, before), start):
                    distance = start - match.end()
                    if distance <= shape.far:
                        found.append((distance + BEHIND, match.start() - match.end(), *match.span(), shape.kind))
    for _, _, start, end, kind in sorted(found):
        yield start, end, kind


def _matches(shape: Shape, lowered: str, begin: int, end: int) -> Iterator[re.Match[str]]:
    """Its numbers in a stretch of the text; where one is none, another may begin inside it: "hier 780b 2pz8 cs7n btkf"."""
    for _ in range(TRIES):
        match = shape.pattern.search(lowered, begin, end)
        if not match:
            return
        good = shape.check(match.group()) and not _COUNTED.match(lowered, match.end())
        if good:
            yield match
        begin = match.end() if good else match.start() + 1
