"""One spelling for the many ways German is typed."""

import pytest

from language.folding import fold, words

SAME = [
    ("Führerschein", "Fuehrerschein", "FÜHRERSCHEIN", "fuehrerschein", "Fu\u0308hrerschein", "  führerschein\u00a0"),
    ("Straße", "STRASSE", "STRAẞE", "strasse"),
    ("Sperrmüll", "SPERRMÜLL", "sperrmuell"),
    ("Café", "CAFE", "cafe", "Cafe\u0301"),
    ("İstanbul", "istanbul"),
    ("Łódź", "lodz"),
    ("ﬁnanzamt", "Finanzamt"),
    ("мой", "мои"),
]


@pytest.mark.parametrize("spellings", SAME)
def test_spellings_of_one_word_are_the_same(spellings: tuple[str, ...]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(("one", "other"), [("Maße", "Maate"), ("schon", "schön"), ("Kuchen", "Küchen"), ("паспорт", "passport")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_folding_twice_changes_nothing_more() -> None:
    for text in ("Größe  42\n\tÄpfel ﬁ İ", "مرحبا", "Їжак", "한국어", "", "🙂"):
        assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wo melde ich mein Auto um?", ["wo", "melde", "ich", "mein", "auto", "um"]),
        ("§ 1 PAuswG, Abs. 2", ["1", "pauswg", "abs", "2"]),
        ("E-Kennzeichen/H-Kennzeichen", ["e", "kennzeichen", "h", "kennzeichen"]),
        ("Где паспорт?", ["где", "паспорт"]),
        ("?!… 🙂", []),
        ("", []),
    ],
)
def test_words_come_folded_and_in_order(text: str, expected: list[str]) -> None:
    assert words(text) == expected
