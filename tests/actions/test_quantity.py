"""Questions for a number are answered with the record's sentence that holds one."""

import pytest
from records import served

from actions.quantity import asks_for_number, number_for

RECORD = served(
    {
        "kennung": "sperrmuell",
        "titel": "Sperrmüll abholen lassen",
        "kurz": "Haushalte lassen Sperrmüll zweimal im Jahr abholen. Jede Abholung umfasst bis zu 3 Kubikmeter.",
        "fristen": ["höchstens 1,7 m breit und 50 kg schwer je Stück", "ab 7 Uhr bereitstellen"],
        "voraussetzungen": ["Wohnung in Kaiserslautern"],
    }
)


@pytest.mark.parametrize(
    ("question", "number"),
    [("Wie viel Kilo darf ein Teil haben?", "50 kg"), ("ab wann darf ich das bereitstellen", "7 Uhr"),
     ("wie viel umfasst eine Abholung", "3 Kubikmeter"),
     ("wie oft im jahr ist das umsonst", "zweimal im Jahr")],
)  # fmt: skip
def test_the_sentence_with_the_number_is_found(question: str, number: str) -> None:
    found = number_for(question, RECORD)
    assert asks_for_number(question)
    assert found is not None
    assert number in found.text


def test_a_record_without_numbers_tells_none() -> None:
    assert number_for("Wie viel Kilo?", served({"kennung": "x", "titel": "Kirche", "kurz": "Ohne Zahl."})) is None


def test_other_questions_ask_for_no_number() -> None:
    assert not asks_for_number("Was kostet das?")


@pytest.mark.parametrize("question", ["und wie lange dauert das?", "wie viel kostet das?", "wie lange gilt das"])
def test_a_number_of_something_else_is_no_answer(question: str) -> None:
    assert number_for(question, RECORD) is None
