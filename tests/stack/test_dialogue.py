"""Conversations through the whole stack, as a citizen has them."""

import json
from itertools import pairwise

import pytest

from core.answer import plain_text
from tests.conftest import Stack

pytestmark = [pytest.mark.stack, pytest.mark.bot]


def test_service_and_aspect_are_carried_over_turns(stack: Stack) -> None:
    talk = stack.conversation()
    documents = talk.say("Welche Unterlagen brauche ich für einen neuen Perso?")["replies"][0]
    assert documents.leistung.id == "personalausweis"
    assert "digitales biometrisches Lichtbild" in plain_text(documents)
    fee = talk.say("und was kostet das?")["replies"][0]
    assert fee.leistung.id == "personalausweis"
    assert "46 €" in plain_text(fee)
    assert "§ 1 PAuswGebV" in plain_text(fee)
    assert "Stand: 02/2026" in plain_text(fee)
    other = talk.say("und beim Reisepass?")["replies"][0]
    assert other.leistung.id == "reisepass"
    assert "70 €" in plain_text(other)


def test_the_command_talk_prints_the_contract(stack: Stack) -> None:
    done = stack.lotse("talk", "--json", stdin=b"Hund anmelden\nwas kostet das?\n\nHallo\n")
    turns = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [turn["conversation"] for turn in turns] == [1, 1, 2]
    assert set(turns[0]) == {"conversation", "text", "intent", "replies", "ms"}
    reply = turns[1]["replies"][0]
    assert set(reply) == {"text", "buttons", "links", "leistung", "quelle"}
    assert reply["leistung"]["id"] == "hundesteuer-anmelden"
    assert set(reply["quelle"]) == {"titel", "url", "stand"}
    assert "120 €" in reply["text"]


def test_the_command_parse_prints_the_contract(stack: Stack) -> None:
    done = stack.lotse("parse", "--json", stdin=b"Was kostet ein Reisepass?\nund was kostet das?\nhow much is a passport?\n")
    first, second, third = (json.loads(line) for line in done.stdout.decode().splitlines())
    assert first["intent"]["name"] == "frage_kosten"
    assert first["leistungen"][0]["id"] == "reisepass"
    assert second["leistungen"] == []
    assert [one["language"] for one in (first, second, third)] == ["de", "de", "en"]


def test_the_greeting_says_what_it_is(stack: Stack) -> None:
    text = plain_text(stack.conversation().say("Guten Tag")["replies"][0])
    assert "automatischer Assistent" in text
    assert "Demonstration" in text
    assert "gelöscht" in text


def test_an_emergency_gets_the_numbers_at_once(stack: Stack) -> None:
    text = plain_text(stack.conversation().say("Hilfe, es brennt bei uns in der Küche!")["replies"][0])
    assert "112" in text
    assert "110" in text


def test_a_button_is_pressed_by_its_title(stack: Stack) -> None:
    talk = stack.conversation()
    buttons = talk.say("Reisepass beantragen")["replies"][0].buttons
    assert 1 <= len(buttons) <= 4
    reply = talk.say("Was kostet das?")["replies"][0]
    assert reply.leistung.id == "reisepass"


def test_an_aspect_without_a_service_is_asked_back_and_then_answered(stack: Stack) -> None:
    talk = stack.conversation()
    assert talk.say("Was kostet das?")["replies"][0].leistung is None
    reply = talk.say("Fischereischein")["replies"][0]
    assert reply.leistung.id == "fischereischein"
    assert "kostet" in reply.text


def test_the_same_fallback_never_comes_twice_in_a_row(stack: Stack) -> None:
    talk = stack.conversation()
    said = [plain_text(talk.say(text)["replies"][0]) for text in ("qwrtz plmokn", "xcvbn asdfg", "yxcv hjkl", "wertzu iopp", "qqq www")]
    assert all(one != other for one, other in pairwise(said))
    assert any("115" in one for one in said)


def test_a_repeated_answer_is_the_same(stack: Stack) -> None:
    talk = stack.conversation()
    first = talk.say("Was kostet ein Reisepass?")["replies"][0]
    assert talk.say("Kannst du das bitte noch mal wiederholen?")["replies"][0].text == first.text


def test_after_a_restart_of_the_topic_nothing_is_carried_over(stack: Stack) -> None:
    talk = stack.conversation()
    talk.say("Was kostet ein Reisepass?")
    talk.say("Abbrechen, noch mal von vorn")
    assert talk.say("was kostet das?")["replies"][0].leistung is None
