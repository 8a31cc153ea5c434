"""Training sentences with another service in place of the marked one."""

import random

import pytest

from language.swap import Marked, augmented

PERSO = Marked.parse("was kostet ein neuer [Perso](leistung)?")
HUND = Marked.parse("Muss ich meinen [Hund](leistung) und meine [Katze](leistung) anmelden?")


@pytest.mark.parametrize(
    ("line", "text", "names"),
    [
        ("was kostet ein neuer [Perso](leistung)?", "was kostet ein neuer Perso?", ["Perso"]),
        ("[Hund](leistung) und [Katze](leistung)", "Hund und Katze", ["Hund", "Katze"]),
        ("Was kostet das?", "Was kostet das?", []),
        ("Preis [Stand 2025] vom Perso (neu)", "Preis [Stand 2025] vom Perso (neu)", []),
        ("", "", []),
    ],
)
def test_rasas_marks_become_spans(line: str, text: str, names: list[str]) -> None:
    marked = Marked.parse(line)
    assert marked.text == text
    assert marked.names() == names


def test_only_the_marked_words_are_swapped() -> None:
    assert PERSO.swapped(["Angelschein"], random.Random(0)) == "was kostet ein neuer Angelschein?"
    assert HUND.swapped(["Wohngeld für Studenten"], random.Random(0)) == (
        "Muss ich meinen Wohngeld für Studenten und meine Wohngeld für Studenten anmelden?"
    )
    assert PERSO.text == "was kostet ein neuer Perso?"


def test_each_sentence_stays_and_marked_ones_get_copies() -> None:
    made = augmented([PERSO, Marked("Hallo!"), HUND], copies=3)
    assert [index for index, _ in made] == [0, 0, 0, 0, 1, 2, 2, 2, 2]
    assert [made[0][1], made[4][1], made[5][1]] == [PERSO.text, "Hallo!", HUND.text]
    names = {"Perso", "Hund", "Katze"}
    assert all(text.removeprefix("was kostet ein neuer ").removesuffix("?") in names for _, text in made[1:4])


def test_the_same_seed_makes_the_same_sentences() -> None:
    assert augmented([PERSO, HUND], 5, seed=1) == augmented([PERSO, HUND], 5, seed=1)
    assert augmented([PERSO, HUND], 20, seed=1) != augmented([PERSO, HUND], 20, seed=2)


def test_without_marks_nothing_is_made_up() -> None:
    assert augmented([Marked("Hallo!"), Marked("Tschüss")], copies=5) == [(0, "Hallo!"), (1, "Tschüss")]
