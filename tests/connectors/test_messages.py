"""Messages: what is taken, what the bot gets to see, and that one message has one answer."""

import asyncio
import json
from typing import Any

import pytest
from citizen import Citizen
from fake_bot import FakeBot

from connectors.gateway.store import BUTTONS
from core.answer import Antwort


async def test_a_question_gets_the_bots_semantic_answer(citizen: Citizen, bot: FakeBot) -> None:
    answer = await citizen.send("Was kostet ein Perso?")
    assert answer.status_code == 200
    body = answer.json()
    assert body["message_id"] == "m1"
    assert Antwort.model_validate(body["replies"][0]).text == "Sie schrieben: Was kostet ein Perso?"
    assert body["intent"] == {"name": "leistung_suchen", "confidence": 0.9}
    assert body["ms"] >= 0
    assert bot.turns == [{"sender": citizen.id, "message": "Was kostet ein Perso?", "message_id": "m1", "typed": True}]


async def test_plain_text_of_the_bot_becomes_a_semantic_answer(citizen: Citizen, bot: FakeBot) -> None:
    buttons = [{"title": "Ja", "payload": "/bestaetigen"}]
    bot.reply = lambda _: {"messages": [{"text": "Wirklich?", "buttons": buttons}], "intent": {"name": None, "confidence": 0}}
    reply = (await citizen.send("Abbrechen")).json()["replies"][0]
    assert (reply["text"], reply["buttons"], reply["version"]) == ("Wirklich?", buttons, 1)


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("/restart", "restart"),
        ('/antrag_starten{"leistung":"x"}', 'antrag_starten{"leistung":"x"}'),
        ("  ///restart", "restart"),
        ("／restart", "restart"),
        ("\u200b/\u200d／\ufeff /restart", "restart"),
        ("\n\t/restart\n", "restart"),
        ("\x00/re\x00st\x1bart\x7f", "restart"),
        ("und/oder", "und/oder"),
        ("😀👩‍👩‍👧", "😀👩‍👩‍👧"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("'; DROP TABLE leistung; --", "'; DROP TABLE leistung; --"),
        ("zwei\r\nZeilen", "zwei\nZeilen"),
        ("ab\u202egnp.exe", "abgnp.exe"),
        pytest.param("ä" * 3000, "ä" * 3000, id="3000"),
    ],
)
async def test_what_is_typed_is_never_a_command(citizen: Citizen, bot: FakeBot, typed: str, seen: str) -> None:
    answer = await citizen.send(typed)
    assert answer.status_code == 200
    assert bot.turns[0]["message"] == seen
    assert bot.turns[0]["typed"] is True


async def test_half_an_emoji_is_removed(citizen: Citizen, bot: FakeBot) -> None:
    answer = await citizen.raw('{"message_id": "m1", "text": "Hallo \\ud83d"}')
    assert answer.status_code == 200
    assert bot.turns[0]["message"] == "Hallo"


@pytest.mark.parametrize("typed", ["", "   ", "\n", "///", "\x00\x01", "\u200b\u200d", pytest.param(" " * 10_000, id="10000")])
async def test_an_empty_message_is_answered_kindly_without_the_bot(citizen: Citizen, bot: FakeBot, typed: str) -> None:
    body = (await citizen.send(typed)).json()
    assert "Schreiben Sie mir" in body["replies"][0]["text"]
    assert body["intent"] is None
    assert bot.turns == []


async def test_a_text_that_is_too_long_is_told_so_in_german(citizen: Citizen, bot: FakeBot) -> None:
    answer = await citizen.send("x" * 10_000)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert "3.000 Zeichen" in answer.json()["detail"]
    assert bot.turns == []


@pytest.mark.parametrize("content", [b"\xff\xfe", b'{"text": "\xc3', b"{", b"", pytest.param(b"[" * 60_000, id="deep"), b"nul"])
async def test_what_is_no_json_is_refused(citizen: Citizen, content: bytes) -> None:
    answer = await citizen.raw(content)
    assert answer.status_code == 400
    assert answer.json()["title"] == "Eingabe nicht verständlich"


@pytest.mark.parametrize(
    "body",
    [
        {"message_id": "m1"},
        {"message_id": "m1", "text": "a", "payload": "/dank"},
        {"text": "a"},
        {"message_id": "", "text": "a"},
        {"message_id": "m" * 65, "text": "a"},
        {"message_id": "m 1", "text": "a"},
        {"message_id": "m1\n", "text": "a"},
        {"message_id": "m1", "text": 7},
        {"message_id": "m1", "text": ["a"]},
        [],
        None,
        "text",
    ],
)
async def test_what_does_not_fit_the_schema_is_refused(citizen: Citizen, body: Any) -> None:
    answer = await citizen.raw(json.dumps(body).encode())
    assert answer.status_code == 422
    assert "geheim" not in answer.text


async def test_a_refusal_does_not_repeat_what_was_written(citizen: Citizen) -> None:
    answer = await citizen.raw(b'{"message_id": "mein Geheimnis", "text": ["mein Geheimnis"]}')
    assert answer.status_code == 422
    assert "Geheimnis" not in answer.text


async def test_a_body_over_the_limit_is_refused(citizen: Citizen) -> None:
    assert (await citizen.raw(b"x" * 65_537)).status_code == 413


async def test_a_body_over_the_limit_is_refused_without_content_length(citizen: Citizen) -> None:
    async def endless() -> Any:
        for _ in range(40):
            yield b" " * 4096

    assert (await citizen.raw(endless())).status_code == 413


async def test_the_same_message_twice_has_one_turn_and_one_answer(citizen: Citizen, bot: FakeBot) -> None:
    first = await citizen.send("Hallo", message_id="gleich")
    again = await citizen.send("Hallo", message_id="gleich")
    assert first.json() == again.json()
    assert len(bot.turns) == 1


async def test_doubles_at_the_same_time_wait_for_the_first(citizen: Citizen, bot: FakeBot) -> None:
    bot.seconds = 0.1
    answers = await asyncio.gather(*(citizen.send("Hallo", message_id="gleich") for _ in range(5)))
    assert {answer.text for answer in answers} == {answers[0].text}
    assert len(bot.turns) == 1


async def test_messages_of_one_conversation_are_processed_in_order(citizen: Citizen, bot: FakeBot) -> None:
    bot.seconds = 0.02
    for number in range(8):
        assert (await citizen.send(str(number), wait=False)).status_code == 202
    events = await citizen.events(8)
    assert [turn["message"] for turn in bot.turns] == [str(number) for number in range(8)]
    assert [json.loads(event["data"])["message_id"] for event in events] == [f"m{number}" for number in range(1, 9)]


async def test_an_offered_button_counts(citizen: Citizen, bot: FakeBot) -> None:
    button = (await citizen.send("Perso")).json()["replies"][0]["buttons"][0]
    assert (await citizen.send(payload=button["payload"])).status_code == 200
    assert bot.turns[1]["message"] == '/frage_kosten{"leistung": "L1"}'
    assert bot.turns[1]["typed"] is False


@pytest.mark.parametrize("payload", ["/restart", '/frage_kosten{"leistung": "L2"}', "", "frei", "/session_start"])
async def test_a_forged_payload_is_refused(citizen: Citizen, bot: FakeBot, payload: str) -> None:
    await citizen.send("Perso")
    answer = await citizen.send(payload=payload)
    assert answer.status_code == 409
    assert len(bot.turns) == 1


async def test_only_the_last_buttons_count(citizen: Citizen, bot: FakeBot) -> None:
    def with_own_button(turn: dict[str, Any]) -> Any:
        button = {"title": "Weiter", "payload": f"/hilfe{{{turn['message']}}}"}
        return {"messages": [{"text": "Gut.", "buttons": [button]}], "intent": {"name": "hilfe", "confidence": 1}}

    bot.reply = with_own_button
    for number in range(BUTTONS + 1):
        await citizen.send(str(number))
    assert (await citizen.send(payload="/hilfe{0}")).status_code == 409
    assert (await citizen.send(payload="/hilfe{1}")).status_code == 200
