"""The semantic answer: what it may hold, and its plain text."""

from typing import Any

import pytest
from pydantic import ValidationError

from core.answer import MOST_BUTTONS, Antwort, Button, Fakt, Link, plain_text, source_lines

PRESS = Button(title="Kosten", payload="/frage_kosten")

TEXTS = [
    (Antwort(text="Guten Tag."), "Guten Tag."),
    (
        Antwort(
            text="Sie brauchen:", fakten=[Fakt(text="Foto", art="unterlage"), Fakt(text="alter Ausweis")], quellenangaben=["Quelle: Stadt"]
        ),
        "Sie brauchen:\n• Foto\n• alter Ausweis\n\nQuelle: Stadt",
    ),
    (
        Antwort(text="So geht es:", fakten=[Fakt(text="Termin buchen", art="schritt"), Fakt(text="hingehen", art="schritt")]),
        "So geht es:\n1. Termin buchen\n2. hingehen",
    ),
    (
        Antwort(
            text="Es kostet:",
            fakten=[Fakt(text="46 €", beleg=1), Fakt(text="6 €", beleg=2)],
            nachtrag="Mehr weiß ich nicht.",
            quellenangaben=["Quelle: Gesetz", "Quelle: Stadt"],
        ),
        "Es kostet:\n• 46 € [1]\n• 6 € [2]\n\nMehr weiß ich nicht.\n\n[1] Quelle: Gesetz\n[2] Quelle: Stadt",
    ),
]


@pytest.mark.parametrize(("answer", "expected"), TEXTS)
def test_the_plain_text_holds_everything_in_reading_order(answer: Antwort, expected: str) -> None:
    assert plain_text(answer) == expected


def test_a_single_source_needs_no_number() -> None:
    assert source_lines(Antwort(text="a", quellenangaben=["Quelle: Stadt"])) == ["Quelle: Stadt"]


@pytest.mark.parametrize("payload", ["frage_kosten", "/Frage", "/frage_kosten mehr", "", "/x" * 200, "javascript:alert(1)"])
def test_a_button_presses_an_intent_and_nothing_else(payload: str) -> None:
    with pytest.raises(ValidationError):
        Button(title="x", payload=payload)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "www.stadt.de", "data:text/html,x", ""])
def test_a_link_leads_to_a_page_or_a_telephone(url: str) -> None:
    with pytest.raises(ValidationError):
        Link(title="x", url=url)
    assert Link(title="115", url="tel:115").url == "tel:115"


@pytest.mark.parametrize("wrong", [{"buttons": [PRESS] * (MOST_BUTTONS + 1)}, {"version": 2}, {"html": "<b>"}])
def test_an_answer_of_another_shape_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Antwort(text="a", **wrong)


def test_an_answer_arrives_as_it_was_sent() -> None:
    sent = TEXTS[3][0].model_copy(update={"buttons": [PRESS]})
    assert Antwort.model_validate_json(sent.model_dump_json()) == sent
