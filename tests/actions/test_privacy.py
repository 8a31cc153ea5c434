"""The citizen's own data: told in every voice, asked before it is deleted."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.privacy import DELETE, SHOW, code_of, own_data, say_rights
from actions.turn import Turn
from actions.voice import SHORT, Voice, speaking
from core.answer import Antwort, Button
from core.ids import conversation_code, read_conversation_code
from core.settings import Settings
from core.vault import Vault

ASKED = Antwort(text="Löschen?", buttons=[Button(title="Ja, alles löschen", payload=f'/bestaetigen{{"knopf": "{DELETE}"}}')])
BOTH = Antwort(text="Gespeichert ist …", buttons=[Button(title="Zeigen", payload=f'/bestaetigen{{"knopf": "{SHOW}"}}'), *ASKED.buttons])


def turn(text: str = "", last: Antwort | None = None, **more: Any) -> Turn:
    return Turn(text=text, intent=more.pop("intent", "bestaetigen"), leistung=None, aspekt=None, offen=False, last=last, **more)


def said(one: Turn) -> list[dict[str, Any]]:
    dispatcher = CollectingDispatcher()
    own_data(dispatcher, one)
    return [message["custom"] for message in dispatcher.messages]


@pytest.mark.parametrize("voice", [Voice(), Voice(einfach=True), Voice("en"), *map(Voice, SHORT)], ids=str)
def test_rights_are_told_in_whole_in_every_voice(voice: Voice) -> None:
    dispatcher = CollectingDispatcher()
    with speaking(voice):
        say_rights(dispatcher, turn("x", intent="datenschutz_auskunft", gespraech="g1"))
    answer = dispatcher.messages[0]["custom"]
    assert code_of("g1") in answer["text"]
    assert [button["payload"] for button in answer["buttons"]] == [f'/bestaetigen{{"knopf": "{SHOW}"}}', "/datenschutz_loeschen"]
    assert answer["sprache"] == ("en" if voice.sprache in SHORT else voice.sprache)


def test_the_code_is_that_of_the_gateway_and_of_nobody_else() -> None:
    vault = Vault(Settings().secret("secret_key"))
    assert read_conversation_code(code_of("g1")) == code_of("g1")
    assert code_of("g1") != code_of("g2")
    assert code_of("g1") == conversation_code(vault.conversation("g1"))


@pytest.mark.parametrize("text", ["ja", "Ja bitte", "ja, alles löschen"])
def test_a_yes_to_the_question_deletes(text: str) -> None:
    assert [one["tun"] for one in said(turn(text, ASKED))] == ["gespraech_loeschen"]


@pytest.mark.parametrize(("text", "last"), [
    ("nein", ASKED), ("vielleicht", ASKED), ("Was kostet ein Pass?", ASKED), ("ja", BOTH), ("ja", None), ("ja", Antwort(text="Hallo")),
])  # fmt: skip
def test_nothing_else_does(text: str, last: Antwort | None) -> None:
    assert said(turn(text, last)) == []


def test_a_pressed_button_shows_or_deletes() -> None:
    assert [said(turn(knopf=one))[0]["tun"] for one in (SHOW, DELETE)] == ["gespraech_zeigen", "gespraech_loeschen"]
    assert said(turn(knopf="choice:art:1")) == []
