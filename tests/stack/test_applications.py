"""Applications through the whole system: filled in with a correction, a question in between and a pause, sent, asked for, withdrawn."""

import json
import re
import sqlite3
import time

import pytest

from cli.talk import Conversation
from core.answer import plain_text
from tests.conftest import Stack

pytestmark = [pytest.mark.stack, pytest.mark.bot, pytest.mark.apply]

PERSON = ["Erika", "Zwetschgenbaum", "12.3.1985", "Pflaumenweg 173", "67655"]
FIRST, REST = ["Für mich selbst", *PERSON], ["zwei", "für die Bank", "erika.zwetschge@example.org"]


def said(talk: Conversation, text: str) -> str:
    """What is answered, as plain text with the titles of the buttons."""
    replies = talk.say(text)["replies"]
    return "\n".join([*map(plain_text, replies), *(f"[{button.title}]" for reply in replies for button in reply.offered())])


def begun(stack: Stack) -> Conversation:
    """A conversation at the first question."""
    talk = stack.conversation()
    assert "[Jetzt hier beantragen]" in said(talk, "Wo bekomme ich eine Meldebescheinigung?")
    assert "Für wen brauchen Sie die Bescheinigung?" in said(talk, "Jetzt hier beantragen")
    return talk


def sent(stack: Stack) -> tuple[str, str]:
    """Number and PIN of an application."""
    talk = begun(stack)
    for answer in [*FIRST, *REST]:
        said(talk, answer)
    receipt = said(talk, "Absenden")
    number, pin = re.search(r"KL-\w{4}-\w{4}-\w", receipt), re.search(r"PIN: (\d{8})", receipt)
    assert number and pin, receipt
    return number.group(), pin[1]


def test_apply_with_a_correction_a_question_in_between_and_a_pause_and_go_on_elsewhere(stack: Stack) -> None:
    talk = begun(stack)
    for answer in FIRST[:5]:
        said(talk, answer)
    assert "Straße" in said(talk, "der Straßenname war falsch")
    said(talk, "Zwetschgenweg 12")
    assert "Postleitzahl" in said(talk, "Was kostet das eigentlich?")
    paused = said(talk, "Ich mache später weiter")
    code = re.search(r"\b\w{4}-\w{4}-\w{4}-\w{4}\b", paused)
    assert code, paused
    other = stack.conversation()
    assert "Postleitzahl" in said(other, code.group())
    for answer in ["67655", *REST]:
        summary = said(other, answer)
    assert "Zwetschgenweg 12" in summary
    assert "Pflaumenweg" not in summary
    receipt = said(other, "Absenden")
    assert "Demonstration: Es wurde nichts an die Stadt übermittelt." in receipt
    # The code was for one use.
    assert "Postleitzahl" not in said(stack.conversation(), code.group())


def test_the_status_is_told_for_number_and_pin_only(stack: Stack) -> None:
    number, pin = sent(stack)
    talk = stack.conversation()
    said(talk, "Wie weit ist mein Antrag?")
    said(talk, number)
    assert "eingegangen" in said(talk, pin)
    guess = stack.conversation()
    assert "eingegangen" not in said(guess, f"Status von {number}, PIN 00000000")


def test_an_application_is_withdrawn(stack: Stack) -> None:
    number, pin = sent(stack)
    talk = stack.conversation()
    said(talk, f"Ich möchte meinen Antrag {number} zurückziehen, PIN {pin}")
    said(talk, "Ja")
    assert "zurückgezogen" in said(stack.conversation(), f"Wie steht es um {number}? PIN {pin}")


def test_a_new_application_is_a_file_that_is_dropped(stack: Stack) -> None:
    """Into the running system: no code, no training, no restart."""
    form = {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "title": "Fischereischein beantragen",
        "description": "Ich brauche Ihren Namen.",
        "properties": {
            "name": {"type": "string", "title": "Name", "description": "Wie heißen Sie?"},
            "jahre": {"title": "Gültigkeit", "description": "Für wie viele Jahre?", "type": "integer", "enum": [1, 5]},
        },
        "required": ["name", "jahre"], "additionalProperties": False,
    }  # fmt: skip
    folder = stack.settings.home / "antraege"
    folder.mkdir(exist_ok=True)
    path = folder / "fischereischein.json"
    path.write_text(json.dumps(form), "utf-8")
    try:
        time.sleep(1.2)  # files are looked at once a second
        talk = stack.conversation()
        assert "[Jetzt hier beantragen]" in said(talk, "Wie beantrage ich einen Fischereischein?")
        assert "Wie heißen Sie?" in said(talk, "Jetzt hier beantragen")
        assert "[5]" in said(talk, "Kai Hecht")
        assert "Kai Hecht" in said(talk, "5")
        assert "Vorgangsnummer: KL-" in said(talk, "Absenden")
    finally:
        path.unlink()


def test_an_aborted_form_leaves_nothing(stack: Stack) -> None:
    talk = begun(stack)
    said(talk, "Für mich selbst")
    said(talk, "abbrechen")
    assert "gelöscht" in said(talk, "Ja")
    assert "46 €" in said(talk, "Was kostet ein Personalausweis?")


def test_who_says_twice_that_it_is_to_be_sent_has_one_application(stack: Stack) -> None:
    talk = begun(stack)
    for answer in [*FIRST, *REST]:
        said(talk, answer)
    with sqlite3.connect(stack.settings.home / "catalogue.sqlite") as database:
        before = database.execute("select count(*) from antrag_vorgang").fetchone()[0]
    receipts = {said(talk, "Absenden"), said(talk, "Absenden")}
    with sqlite3.connect(stack.settings.home / "catalogue.sqlite") as database:
        assert database.execute("select count(*) from antrag_vorgang").fetchone()[0] == before + 1
    assert sum("Vorgangsnummer: KL-" in one for one in receipts) == 1
