"""Words get their own spelling back, as far as known texts use them."""

import time

import pytest

from language.spelling import Spelling, distance

KNOWN = (
    ["Einbürgerung beantragen", "Personalausweis verlängern", "Reisepass für mein Kind", "Wo ist der Führerschein?"] * 2
    + ["Geburtsurkunde holen", "Gewerbe abmelden"] * 2
    + ["Müll", "Mühle", "Masse und Maße", "Straße"]
)  # fmt: skip


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return Spelling(KNOWN)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Einbuergerung", "Einbürgerung"), ("EINBUERGERUNG bitte", "Einbürgerung bitte"), ("Fuehrerschein", "Führerschein"),
        ("mein Resiepass", "mein Reisepass"), ("Personlausweis", "Personalausweis"), ("Gewrebe abmelden", "Gewerbe abmelden"),
        ("Gebrutsurkunde", "Geburtsurkunde"), ("Personalausweiß", "Personalausweis"),
    ],
)  # fmt: skip
def test_a_misspelt_word_is_mended(spelling: Spelling, typed: str, meant: str) -> None:
    assert spelling.restored(typed) == meant


@pytest.mark.parametrize(
    "text", ["", "Perso", "Mühl", "Masse", "Hund", "12.05.2026", "Wie geht es dir?", "xqzptlk", "🙂", "Xylophonerlaubnis"]
)
def test_a_word_that_resembles_none_stays_as_typed(spelling: Spelling, text: str) -> None:
    assert spelling.restored(text) == text


def test_a_slip_that_a_known_text_holds_is_mended_and_a_rare_word_is_not() -> None:
    known = Spelling(["Das kostet meine Mutter", "Das bekommt mein Kind"] * 20 + ["was kosstet das", "er bekomt Futter"])
    assert known.restored("Was kosstet und wer bekomt das Futter") == "Was kostet und wer bekommt das Futter"


@pytest.mark.parametrize(
    "text", ["How do I get a passport for my child?", "Ile kosztuje nowy paszport?", "Yeni pasaport için ne gerekiyor?"]
)
def test_other_languages_are_left_alone(spelling: Spelling, text: str) -> None:
    assert spelling.restored(text) == text


@pytest.mark.parametrize(
    ("a", "b", "errors"), [("pass", "pass", 0), ("pass", "pas", 1), ("pass", "psas", 1), ("pass", "hass", 1), ("", "ab", 2)]
)
def test_distance_counts_errors(a: str, b: str, errors: int) -> None:
    assert distance(a, b) == distance(b, a) == errors


def test_three_thousand_letters_are_mended_in_time(spelling: Spelling) -> None:
    begun = time.perf_counter()
    spelling.restored("Personlausweiss " * 190)
    spelling.restored(f"Ich möchte bitte einen {'Q' * 3000}")
    assert time.perf_counter() - begun < 1.0
