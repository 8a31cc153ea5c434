"""Dates of birth are gone in whatever way they are typed; dates of laws, weddings and history stay."""

import pytest

from language.masking import mask


@pytest.mark.parametrize(
    "date",
    [
        "3.5.87",
        "17/08/1961",
        "3 5 1987",
        "24-12-1969",
        "1995/07/30",
        "03051987",
        "3. Mai 87",
        "o3.o5.l987",
        "3.5.'87",
        "3. 5.\n1987",
        "3ter 5ter 1987",
    ],
)
def test_a_date_beside_a_word_of_birth_is_masked(date: str) -> None:
    for before, after in (("geb. ", ""), ("Geburtsdatum meiner Tochter: ", ", danke"), ("Am ", " bin ich geboren")):
        assert mask(before + date + after)[0] == before + "[Geburtsdatum]" + after


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Geburtsdaten: 3.4.85, 5.6.87 und 7.8.2015", "Geburtsdaten: [Geburtsdatum], [Geburtsdatum] und [Geburtsdatum]"),
        ("ich, 12/05/1990, deutsch", "ich, [Geburtsdatum], deutsch"),
        ("urodzona 12 maja 1990", "urodzona [Geburtsdatum]"),
    ],
)
def test_other_dates_of_birth(text: str, masked: str) -> None:
    assert mask(text)[0] == masked


@pytest.mark.parametrize(
    "text",
    [
        "Am 9. November 1989 fiel die Mauer.",
        "Personen, die vor dem 01.01.1953 geboren sind, tauschen bis 19.01.2033 um.",
        "wurde der Elternteil nach dem 31.12.1999 im Ausland geboren",
        "Die Verordnung vom 12.03.1987 gilt noch.",
        "Mein Führerschein ist vom 12.06.1998",
        "Wir haben am 14.05.1999 geheiratet.",
    ],
)
def test_other_dates_stay(text: str) -> None:
    assert mask(text) == (text, [])
