"""The age of a person, where a message tells one."""

import pytest

from language.age import said_age


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Was kostet ein Perso für meinen Sohn, 12?", 12), ("ich bin 19 und brauch nen Ausweis", 19), ("Unsere siebenjährige Tochter", 7),
        ("Reisepass für 12-Jährige", 12), ("Mein Sohn ist acht, darf er angeln?", 8), ("Meine Oma ist jetzt 83", 83),
        ("My daughter is 5 years old", 5), ("Mein Kind (8) braucht einen Pass", 8), ("mit 15 schon Mofa fahren?", 15),
        ("Was kostet der Perso mit 16 Jahren", 16), ("ich bin fünfzehn", 15), ("es ist 6", 6), ("Es wird jetzt drei.", 3),
    ],
)  # fmt: skip
def test_an_age_is_understood(text: str, age: int) -> None:
    assert said_age(text) == age


@pytest.mark.parametrize(
    "text",
    [
        "", "seit 12 Jahren hier", "gilt der Pass 10 Jahre?", "ich bin 2024 umgezogen", "Ich bin seit 3 Jahren hier", "Es ist 12 Uhr",
        "Ich bin 30 Euro schuldig", "mit 200 Leuten auf die Straße", "Mein Mann ist 45, ich bin 42", "Es ist 3 Jahre her",
        "mit 400 Euro im Monat",
    ],
)  # fmt: skip
def test_other_numbers_are_no_ages_and_two_ages_are_none(text: str) -> None:
    assert said_age(text) is None
