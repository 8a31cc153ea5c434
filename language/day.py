"""The day that a message names: „3.5.“, „nächsten Freitag“, „am 12. März“, „in zwei Wochen“ (dateparser, and what it does not know)."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from language.folding import fold
from language.number import NUMBER_WORDS

_DAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_DAY = r"(?P<day>mo|di|mi|do|fr|sa|so|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend)\.?"
_NEXT = r"(?:naechste[rnms]?|kommende[rnms]?|diese[rnms]?)"
_LAST = r"(?:letzte[rnms]?|vergangene[rnms]?|vorige[rnms]?)"
_WEEKDAY = re.compile(
    rf"(?:(?P<last>{_LAST}) |(?P<next>{_NEXT}) )?(?:(?P<week>(?:ueber)?naechste woche) )?{_DAY}"
    r"(?: (?P<in>in einer|naechste|in zwei) wochen?)?"
)
_FILLERS = re.compile(
    r"^(?:(?:ja|also|bitte|am liebsten|gern|gerne|ab|seit|am|an|vom|zum|den|dem|der|das|war|ist|ich|bin|wurde|geboren|es|schon|etwa"
    r"|ungefaehr|vielleicht|so|genau|sie|er|circa|ca\.?|dann|wieder|lieber|doch|eher|ok|okay)[ ,]+)+"
)
_BEHIND = re.compile(r"[ ,]*(?:geboren|bitte|danke|gewesen|passt|waere gut|ginge|geht|frueh|vormittags|nachmittags|abends)?[ .!,]*$")
_BEFORE_DATE = re.compile(rf"^{_DAY}[ ,]+(?:(?:den|dem|der|am)[ ,]+)?(?=\d)")
_ISO = re.compile(r"(?P<y>[12][0-9]{3})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})")
_NUMERIC = re.compile(r"(?P<d>[0-9]{1,2})\s?[./-]\s?(?P<m>[0-9]{1,2})\s?(?:[./-]\s?(?P<y>[0-9]{4}|[0-9]{2})?)?")
_PACKED = re.compile(r"(?P<d>[0-9]{2})(?P<m>[0-9]{2})(?P<y>[12][0-9]{3})")
# What dateparser may read: words of time, or a day with the name of a month. Of „mai“ or „12“ it would make up a day.
_READABLE = re.compile(
    r"(?:(?:vor)?gestern|heute|(?:ueber)?morgen|in \w+ (?:tag|woche|monat)\w*|vor \w+ (?:tag|woche|monat|jahr)\w*"
    r"|[0-9]{1,2}\.? ?[a-z]{3,9}\.?(?: [0-9]{2,4})?)"
)
_SEVEN = timedelta(days=7)
LONGEST = 80


def day_of(text: str, today: date, past: bool = False) -> date | None:
    """The one day that a short message names; None where it names none. Without a year: the next one, or with ``past`` the last one."""
    if len(text) > LONGEST:
        return None
    said = _BEHIND.sub("", _FILLERS.sub("", fold(text)))
    said = _BEFORE_DATE.sub("", said)
    for pattern in (_ISO, _PACKED, _NUMERIC):
        if found := pattern.fullmatch(said):
            return _numeric(found, today, past)
    if found := _WEEKDAY.fullmatch(said):
        return _weekday(found, today, past)
    return _worded(said, today, past) if _READABLE.fullmatch(said) else None


def _numeric(found: re.Match[str], today: date, past: bool) -> date | None:
    day, month, year = int(found["d"]), int(found["m"]), found["y"]
    if year is None:
        return _nearest(day, month, today, past)
    number = int(year)
    if len(year) == 2:
        number += today.year // 100 * 100
        number -= 100 if past and number > today.year else 0
    return _on_calendar(number, month, day)


def _on_calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(day: int, month: int, today: date, past: bool) -> date | None:
    """The next day of this name (today counts), or the last one; the 29th of February may be years away."""
    years = range(today.year, today.year + (-9 if past else 9), -1 if past else 1)
    found = (_on_calendar(year, month, day) for year in years)
    return next((one for one in found if one and (one <= today if past else one >= today)), None)


def _weekday(found: re.Match[str], today: date, past: bool) -> date:
    name = "samstag" if found["day"] == "sonnabend" else found["day"]
    number = next(number for number, one in enumerate(_DAYS) if one.startswith(name))
    if found["week"] or found["in"] == "naechste":
        monday = today - timedelta(days=today.weekday()) + _SEVEN * (2 if (found["week"] or "").startswith("ueber") else 1)
        return monday + timedelta(days=number)
    if found["last"] or (past and not found["next"]):
        return today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)
    coming = today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return coming + _SEVEN * {"in einer": 1, "in zwei": 2}.get(found["in"] or "", 0)


@lru_cache(maxsize=1)
def _parser() -> Any:
    import dateparser  # takes half a second

    return dateparser


def _worded(said: str, today: date, past: bool) -> date | None:
    said = re.sub(r"\b(?:in|vor) (?P<n>\w+) ", lambda found: found.group().replace(found["n"], _digits(found["n"])), said)
    settings = {
        "RELATIVE_BASE": datetime.combine(today, time(12)),
        "PREFER_DATES_FROM": "past" if past else "future",
        "DATE_ORDER": "DMY",
        "REQUIRE_PARTS": ["day", "month"],
    }
    parsed = _parser().parse(_umlauts(said), languages=["de"], settings=settings)
    if parsed is None:
        return None
    if re.fullmatch(r"[0-9]{1,2}\.? ?[a-z]+\.?", said):
        return _nearest(parsed.day, parsed.month, today, past)
    found: date = parsed.date()
    if past and found.year > today.year and re.search(r"\b[0-9]{2}$", said):
        return _on_calendar(found.year - 100, found.month, found.day)
    return found


def _digits(word: str) -> str:
    number = 1 if re.fullmatch(r"eine[rmn]?", word) else NUMBER_WORDS.get(word)
    return word if number is None else str(number)


def _umlauts(folded: str) -> str:
    return folded.replace("maerz", "märz").replace("uebermorgen", "übermorgen")
