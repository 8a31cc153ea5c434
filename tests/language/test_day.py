"""Days as people name them, on Sunday the 29th of November 2026."""

from datetime import date

import pytest

from language.day import day_of

TODAY = date(2026, 11, 29)
COMING = {
    "nächsten Freitag": "2026-12-04", "Freitag": "2026-12-04", "Sonntag": "2026-12-06", "am Montag": "2026-11-30", "3.5.": "2027-05-03",
    "03.05.2027": "2027-05-03", "heute": "2026-11-29", "morgen": "2026-11-30", "übermorgen": "2026-12-01", "am 12. März": "2027-03-12",
    "in zwei Wochen": "2026-12-13", "in einem Monat": "2026-12-29", "nächste Woche Mittwoch": "2026-12-02",
    "Montag in einer Woche": "2026-12-07", "2027-02-01": "2027-02-01", "am Freitag, dem 4.12.": "2026-12-04", "29.2.": "2028-02-29",
    "25 dez": "2026-12-25", "29.11.": "2026-11-29",
}  # fmt: skip
PAST = {
    "12. März": "2026-03-12", "1.1.85": "1985-01-01", "1. Januar 85": "1985-01-01", "gestern": "2026-11-28",
    "letzten Dienstag": "2026-11-24",
    "vor zwei Wochen": "2026-11-15", "Freitag": "2026-11-27", "ich bin am 3.4.1990 geboren": "1990-04-03", "01051985": "1985-05-01",
    "1.12.": "2025-12-01", "seit dem 1. Juni": "2026-06-01",
}  # fmt: skip
NONE = ["", "Mai", "2027", "12", "31.2.2027", "29.2.1985", "bald", "12 Uhr", "12. Äpfel", "im Frühling", "in 9999999999 Tagen", "x" * 200]


@pytest.mark.parametrize(("text", "day"), COMING.items())
def test_a_day_without_its_year_is_the_next_one(text: str, day: str) -> None:
    assert day_of(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(("text", "day"), PAST.items())
def test_looking_back_it_is_the_last_one(text: str, day: str) -> None:
    assert day_of(text, TODAY, past=True) == date.fromisoformat(day)


@pytest.mark.parametrize("text", NONE)
def test_what_names_no_day_is_none(text: str) -> None:
    assert day_of(text, TODAY) is None
