"""The parts of a message; none where it says one thing."""

import pytest

from language.clauses import asks, clauses


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Was kostet ein Pass und wie lange dauert das?", ["Was kostet ein Pass", "wie lange dauert das?"]),
        ("Was kostet das? Und wo muss ich hin?", ["Was kostet das?", "Und wo muss ich hin?"]),
        ("Ich brauche einen Perso und will meinen Hund anmelden", ["Ich brauche einen Perso", "will meinen Hund anmelden"]),
        ("Ich will Wohngeld und einen WBS. Was brauche ich?", ["Ich will Wohngeld", "einen WBS", "Was brauche ich?"]),
        ("Neuwagen zulassen, welche Papiere", ["Neuwagen zulassen", "welche Papiere"]),
        ("wir heiraten, wie früh geht das und was müssen wir mitbringen", ["wir heiraten, wie früh geht das", "was müssen wir mitbringen"]),
    ],
)
def test_its_parts(text: str, parts: list[str]) -> None:
    assert clauses(text) == parts


@pytest.mark.parametrize(
    "text", ["", "Geburtsurkunde", "Was kostet ein Reisepass für mein Kind?", "Mein Ausweis ist abgelaufen.", "und " * 60]
)
def test_one_thing(text: str) -> None:
    assert clauses(text) == []


@pytest.mark.parametrize(
    ("text", "question"), [("Was kostet das", True), ("und wo ist das", True), ("Mein Ausweis?", True), ("Perso", False)]
)
def test_a_question_is_known_by_its_mark_or_its_first_word(text: str, question: bool) -> None:
    assert asks(text) is question
