"""The citizen's own data in the chat, through the real bot: told, deleted by word or button, with the form that is being filled in."""

import re

import pytest
from sqlalchemy import create_engine, text

from core.answer import Antwort
from core.ids import read_conversation_code
from tests.conftest import Stack

pytestmark = [pytest.mark.stack, pytest.mark.bot, pytest.mark.console]


def texts(replies: list[Antwort]) -> str:
    return " ".join(one.text for one in replies)


def drafts(stack: Stack) -> int:
    with create_engine(f"sqlite:///{stack.settings.home / 'catalogue.sqlite'}", future=True).connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM antrag_entwurf")).scalar_one())


def test_the_bot_tells_what_is_stored_and_names_the_code(stack: Stack) -> None:
    talk = stack.conversation()
    answer = talk.say("Welche Daten speichert ihr über mich?")["replies"][0]
    (code,) = re.findall(r"GE-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]", answer.text)
    assert read_conversation_code(code) == code
    assert [one.title for one in answer.buttons] == ["Zeigen, was gespeichert ist", "Gespräch löschen"]
    shown = talk.say("Zeigen, was gespeichert ist")["replies"]
    assert shown[0].tun == "gespraech_zeigen"
    assert len(shown) == 2
    logs = "".join(path.read_text("utf-8", "replace") for path in stack.settings.logs.glob("*.log"))
    assert code not in logs


@pytest.mark.parametrize("yes", ["ja", "Ja, alles löschen"])
def test_a_conversation_is_deleted_after_a_yes(stack: Stack, yes: str) -> None:
    talk = stack.conversation()
    talk.say("Was kostet ein Reisepass?")
    asked = talk.say("Bitte lösch unser Gespräch")["replies"][0]
    assert asked.text.startswith("Möchten Sie dieses Gespräch jetzt löschen?")
    gone = talk.say(yes)["replies"]
    assert gone[0].tun == "gespraech_loeschen"
    assert "beendet und gelöscht" in texts(talk.say("Noch da?")["replies"])


def test_a_no_keeps_it(stack: Stack) -> None:
    talk = stack.conversation()
    talk.say("Was kostet ein Reisepass?")
    talk.say("Bitte lösch unser Gespräch")
    assert talk.say("nein")["replies"][0].tun is None
    assert "Reisepass" in texts(talk.say("Was kostet ein Reisepass?")["replies"])


def test_the_draft_of_a_form_goes_with_the_conversation(stack: Stack) -> None:
    before = drafts(stack)
    talk = stack.conversation()
    talk.say("Ich möchte meinen Hund anmelden und den Antrag jetzt ausfüllen")
    if drafts(stack) == before:
        talk.say("Hier beantragen")
    assert drafts(stack) == before + 1
    for said in ("Was ist eigentlich mit dem Datenschutz?", "Gespräch löschen", "Ja, alles löschen"):
        replies = talk.say(said)["replies"]
    assert replies[0].tun == "gespraech_loeschen"
    assert drafts(stack) == before
