"""Dates as they are typed, and which of them are somebody's date of birth.

A date near a word of birth is one. A date of long ago is one as well, unless the clause tells of something else: a law, a wedding,
history. All other full dates stay readable, and nothing else may take their digits.
"""

import re
from collections.abc import Iterator

from core.clock import today
from language.vocabulary import sections

_WORDS = {name: "|".join(words) for name, words in sections("datumswoerter.txt").items()}
# Deadlines, validity (an identity card has ten years) and moving days lie closer to today than that.
YEARS_AGO = 14
# How far from a word of birth its date may stand, before and behind it.
AHEAD, BACK = 50, 40
# How far around a date of long ago its clause is read.
AROUND = 90
# How far apart dates of a row are.
ROW = 25

_MONTH = rf"(?:{_WORDS['monat']})"
_YEAR = r"(?:(?:19|20)[0-9]{2}|'?[0-9]{2})"
_DD, _MM = r"(?:0?[1-9]|[12][0-9]|3[01])", r"(?:0?[1-9]|1[0-2])"
_FULL = rf"""
    {_DD}\s?(?P<p>[./_,·\\|-]|[ ])\s?{_MM}\s?(?P=p)\s?{_YEAR}
    |{_DD}[ ]?\.\s?{_MM}\s?[./ -]\s?{_YEAR}
    |{_DD}(?:\.|st|nd|rd|th|te[rn]?)?[ ]?(?:of[ ]|de[ ]|-)?{_MONTH}\.?,?[ -]?(?:de[ ])?{_YEAR}
    |{_MONTH}\.?[ ]{_DD}(?:st|nd|rd|th)?,?[ ](?:19|20)[0-9]{{2}}
    |(?:19|20)[0-9]{{2}}[ ]?(?P<q>[./_-]|[ ])[ ]?{_MM}[ ]?(?P=q)[ ]?{_DD}
    |(?:19|20)[0-9]{{2}},?[ ]{_MONTH}\.?[ ]{_DD}
    |{_DD}te[rn][ ]{_MM}(?:te[rn])?[ ](?:19|20)?[0-9]{{2}}
    |(?:ngày[ ])?{_DD}[ ]tháng[ ]{_MM}[ ]năm[ ][0-9]{{4}}"""
_PACKED = r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_WORDED = rf"(?:{_WORDS['ordnung']})[ ](?:{_MONTH}|{_WORDS['ordnung']})[ ](?:(?:19|20)?[0-9]{{2}}|neunzehn\w+|zweitausend\w+)"


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


_DATE = _re(rf"(?<![0-9a-z])(?<![0-9][.,/-])(?:{_FULL})(?![0-9]|[.,/-][0-9])")
# With a word of birth also without anything between, and in words; right beside it also without the year or with nothing else.
_AFTER_BIRTH = _re(rf"(?<![0-9])(?:{_FULL}|{_PACKED}|\b{_WORDED})(?![0-9])")
_BESIDE_BIRTH = _re(
    rf"""\bgeb(?:\.|oren)?[ ]?(?:am[ ]|im[ ])?(?P<x>{_DD}\.[ ]?{_MM}\.|{_DD}\.[ ]?{_MONTH}|{_MONTH}[ ](?:19|20)[0-9]{{2}}
        |(?<=geb\.[ ])(?:19|20)[0-9]{{2}})(?![0-9])
    |\bam[ ](?P<y>{_DD}\.[ ]?{_MM}\.)[ ]geboren"""
)
# Between two dates of birth: "3.4.85, 5.6.87 und 7.8.2015", "Ali 3.4.2015, Zoe 5.6.2017".
_AND = _re(r"[\s,;&/]*(?:und|and)?[ ]?(?:[^\W\d_]+[ ])?[ ]?[(]?")
_BIRTH = _re(rf"(?:{_WORDS['geburt']})")
_CHILD = _re(rf"\b(?:{_WORDS['kind']})\b[^.!?\n0-9]{{0,40}}(?:[,(:][ ]?(?:[^\W\d_]+[ ])?|\bvom[ ])(?P<x>{_FULL})(?![0-9])")
# Between a word of birth and the date: then it is another date.
_OTHER = _re(rf"\b(?:{_WORDS['frist']})\b")
_HISTORY = _re(rf"(?:{_WORDS['geschichte']})")
_SINCE = _re(rf"(?:\b(?:{_WORDS['seit']})[ ](?:dem[ ]|zum[ ])?|\b(?:zwischen|between)\b[^.!?\n]{{0,30}}|[§–][ ]?)\Z")
_ON = re.compile(r"\b(?:am|der|den|on|im)[ ](?:\w+tag,?[ ]|the[ ])?\Z")
_PERSON = _re(rf"\b(?:{_WORDS['person']})")
_CLAUSE = re.compile(r"[!?;\n]|[a-zäöüß]{3,}\.\s")
_FOUR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}(?![0-9])")
# Letters typed for digits: "o3.1o.l985".
_TYPED = re.compile(r"(?<![a-zäöüß])[oil](?=[0-9oil.])|(?<=[0-9.])[oil](?![a-zäöüß])")


def has_date(text: str) -> bool:
    """Whether a full date with its year stands in a text in small letters."""
    found = _DATE.search(text)
    return found is not None and _FOUR.search(found.group()) is not None


def _year(date: str) -> int | None:
    year = _FOUR.search(date)
    return int(year.group()) if year else None


def _past(date: str) -> bool:
    return (_year(date) or 0) <= today().year


def _born(date: str) -> bool:
    """Whether a date with a four-digit year lies so long ago that it is most likely somebody's birthday."""
    year = _year(date)
    return year is not None and year <= today().year - YEARS_AGO


def births(lowered: str) -> Iterator[tuple[int, int]]:
    """Dates of birth, in a text in small letters: first those near a word of birth."""
    typed = _TYPED.sub(lambda letter: "0" if letter.group() == "o" else "1", lowered)
    found = [*_named(typed), *(child.span("x") for child in _CHILD.finditer(lowered) if _past(child["x"]))]
    yield from found
    # A row of them: each goes on from one that is found.
    ends = {end for _, end in found}
    for date in _DATE.finditer(lowered):
        start = date.start()
        if any(_AND.fullmatch(lowered, end, start) for end in range(start - ROW, start) if end in ends):
            ends.add(date.end())
            yield date.span()
        elif _born(date.group()) and not _told_otherwise(lowered, *date.span()):
            yield date.span()


def _named(lowered: str) -> Iterator[tuple[int, int]]:
    for birth in _BIRTH.finditer(lowered):
        start, end = birth.span()
        ahead = _AFTER_BIRTH.search(lowered, end, end + AHEAD + 30)
        if ahead and _belongs(lowered, ahead, lowered[end : ahead.start()]):
            yield ahead.span()
        for back in list(_AFTER_BIRTH.finditer(lowered, max(0, start - BACK), start))[-1:]:
            if _belongs(lowered, back, lowered[back.end() : start]):
                yield back.span()
    for beside in _BESIDE_BIRTH.finditer(lowered):
        yield beside.span("x" if beside["x"] else "y")


def _belongs(lowered: str, date: re.Match[str], between: str) -> bool:
    """Whether a date is that of the birth with ``between`` between them: "geboren am", not "die vor dem 1.1.1953 geboren sind"."""
    before = lowered[max(0, date.start() - 40) : date.start()]
    other = _OTHER.search(between) or _ends(between) or _SINCE.search(before)
    return len(between) <= AHEAD and not other and _past(date.group())


def _ends(between: str) -> bool:
    return _CLAUSE.search(between.strip(" :.?\n")) is not None


def _told_otherwise(lowered: str, start: int, end: int) -> bool:
    """Whether the clause says since when, or of what the date is."""
    before, behind = lowered[max(0, start - AROUND) : start], lowered[end : end + AROUND]
    if _SINCE.search(before) or _HISTORY.search(before) or _HISTORY.search(behind):
        return True
    # "Am 10. Mai 1933 brannten die Bücher": nobody speaks of a person.
    return _ON.search(before) is not None and not (_PERSON.search(before) or _PERSON.search(behind))


def dates(lowered: str) -> Iterator[tuple[int, int]]:
    """All full dates that are written as such: what stays readable. "12 05 19" may be part of a number."""
    for date in _DATE.finditer(lowered):
        if not re.fullmatch(r"[0-9 _]+", date.group()):
            yield date.span()
