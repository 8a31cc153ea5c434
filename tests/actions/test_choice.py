"""A typed message that means an offered button."""

import pytest

from actions.choice import chosen, meaning_of
from core.answer import Antwort, Button, Fakt

PASS, CHILD, NONE = (
    Button(title="Reisepass beantragen", payload='/frage_kosten{"leistung": "reisepass"}'),
    Button(title="Personalausweis für Kinder", payload='/frage_kosten{"leistung": "kind"}'),
    Button(title="Nichts davon", payload="/ablehnen"),
)
LONG = "Was kostet eigentlich ein neuer Hund und ein Reisepass dazu, geht das auch online"
ASKED = Antwort(text="Was meinen Sie genau?", buttons=[PASS, CHILD, NONE])
LISTED = Antwort(text="Umzug:", fakten=[Fakt(text=one.title, art="schritt", button=one) for one in (PASS, CHILD)])


@pytest.mark.parametrize(
    ("text", "button"),
    [
        ("das zweite", CHILD), ("der für Kinder", CHILD), ("Reisepass", PASS), ("die letzte", CHILD), ("nichts davon", NONE),
        ("das fünfte", None), ("etwas ganz anderes", None), (LONG, None),
        ("Was kostet ein Reisepass?", None), ("Was kostet der für Kinder?", CHILD),
    ],
)  # fmt: skip
def test_after_our_question(text: str, button: Button | None) -> None:
    assert chosen(text, ASKED, asked_back=True) == button


def test_without_a_question_only_titles_and_places_in_a_list_count() -> None:
    assert chosen("das zweite", LISTED, asked_back=False) == CHILD
    assert chosen("reisepass beantragen", ASKED, asked_back=False) == PASS
    assert chosen("Kinder", LISTED, asked_back=False) is None
    assert chosen("das zweite", ASKED, asked_back=False) == CHILD  # what is offered after a misunderstanding
    assert chosen("das zweite", None, asked_back=True) is None


def test_a_payload_is_read() -> None:
    assert meaning_of(CHILD) == ("frage_kosten", {"leistung": "kind"})
    assert meaning_of(NONE) == ("ablehnen", {})
