"""Stems and topic: forms of one word are one, words that only ask are gone."""

import pytest

from language.folding import words
from language.stems import STOPWORDS, stems, topic


@pytest.mark.parametrize(
    "forms",
    [
        ("Personalausweis", "Personalausweise", "Personalausweises", "PERSONALAUSWEIS"),
        ("Führerschein", "Führerscheine", "Fuehrerscheins"),
        ("Hund", "Hunde", "Hunden"),
        ("anmelden", "anmeldet"),
        ("Müll", "Muell"),
    ],
)
def test_forms_of_one_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({tuple(stems(form)) for form in forms}) == 1
    assert len(stems(forms[0])) == 1


@pytest.mark.parametrize("asking", ["Was kostet das?", "und wie lange dauert das?", "Welche Unterlagen brauche ich dafür?", "", "?!"])
def test_a_question_without_a_topic_has_neither_stems_nor_topic(asking: str) -> None:
    assert stems(asking) == []
    assert topic(asking) == ""


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Welche Unterlagen brauche ich für einen neuen Perso?", "Perso"),
        ("Was kostet die Hundesteuer?", "Hundesteuer"),
        ("hund sperrmüll", "hund sperrmüll"),
    ],
)
def test_the_topic_is_kept_as_it_was_typed(text: str, about: str) -> None:
    assert topic(text) == about


def test_stop_words_are_folded_single_words() -> None:
    assert all(words(word) == [word] for word in STOPWORDS)
