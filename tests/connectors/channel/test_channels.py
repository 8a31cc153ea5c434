"""A conversation on each messenger, against a local platform that keeps its limits."""

import asyncio
from typing import Any

import pytest
from messenger_line import Line

pytestmark = pytest.mark.channels

BUTTONS = [
    {"title": "Was kostet das?", "payload": '/frage_kosten{"leistung": "personalausweis"}'},
    {"title": "Welche Unterlagen brauche ich dafür?", "payload": '/frage_unterlagen{"leistung": "personalausweis"}'},
]


def offering(turn: dict[str, Any]) -> Any:
    custom = {"text": f"Sie schrieben: {turn['message']}", "buttons": BUTTONS}
    return {"messages": [{"custom": custom}], "intent": {"name": "hilfe", "confidence": 1}}


async def test_the_first_message_is_answered_after_a_word_on_privacy(line: Line) -> None:
    assert await line.say("Was kostet ein Perso?") == [200]
    notice, answer = await line.seen(2)
    assert "automatische Assistent" in notice
    assert "Demonstration" in notice
    assert {"telegram": "Telegram", "whatsapp": "WhatsApp", "messenger": "Messenger"}[line.channel] in notice
    assert "STOPP" in notice
    assert answer == "Sie schrieben: Was kostet ein Perso?"
    await line.say("Und wo?")
    assert (await line.seen(3))[2] == "Sie schrieben: Und wo?"
    assert len({turn["sender"] for turn in line.bot.turns}) == 1
    assert line.platform.typing


async def test_a_button_counts_and_its_payload_never_leaves_the_house(line: Line) -> None:
    line.bot.reply = offering
    await line.say("Perso")
    await line.seen(2)
    assert "frage_kosten" not in str(line.platform.seen(line.person))
    await line.press("Welche Unterlagen brauche ich dafür?")
    await line.seen(3)
    assert line.said() == ["Perso", BUTTONS[1]["payload"]]
    assert line.bot.turns[1]["typed"] is False


async def test_a_button_of_another_conversation_does_not_count(line: Line) -> None:
    line.bot.reply = offering
    await line.say("Perso")
    await line.seen(2)
    token = line.platform.option(line.person, "Was kostet das?")
    await line.say("Stopp!")
    assert "gelöscht" in (await line.seen(3))[2]
    await line.platform.push(line.person, token)
    notice, refused = (await line.seen(5))[3:]
    assert "automatische Assistent" in notice
    assert "gilt nicht mehr" in refused
    assert line.said() == ["Perso"]


async def test_stop_deletes_everything_that_is_kept(line: Line) -> None:
    await line.say("Perso")
    await line.seen(2)
    conversation = line.bot.turns[0]["sender"]
    assert list(line.store.scan_iter(f"lotse:gespraech:{conversation}*"))
    await line.say("STOPP")
    assert "gelöscht" in (await line.seen(3))[2]
    assert not list(line.store.scan_iter(f"lotse:gespraech:{conversation}*"))
    await line.say("Perso")
    await line.seen(5)
    assert line.bot.turns[1]["sender"] != conversation


async def test_a_message_that_is_delivered_twice_or_again_has_one_answer(line: Line) -> None:
    assert await line.say("Perso", times=5) == [200] * 5
    await line.seen(2)
    assert line.said() == ["Perso"]
    assert await line.count("received", "repeated") >= 4


async def test_nobody_finds_the_person_in_redis(line: Line) -> None:
    await line.say("Mein Geheimnis")
    await line.seen(2)
    for key in line.store.scan_iter("*"):
        kind = line.store.type(key)
        content = {
            b"string": line.store.get, b"hash": line.store.hgetall, b"list": lambda name: line.store.lrange(name, 0, -1),
            b"stream": lambda name: line.store.xrange(name), b"zset": lambda name: line.store.zrange(name, 0, -1),
        }[kind](key)  # fmt: skip
        assert line.person not in f"{key!r} {content!r}"
        if key != b"lotse:verlauf":
            assert "Geheimnis" not in f"{content!r}"
        assert line.store.ttl(key) > 0 or kind in (b"stream",) or key == b"lotse:warteschlange:arbeiter"


async def test_what_is_too_long_or_too_much_is_told(line: Line) -> None:
    await line.say("x" * 3500)
    assert "3.000 Zeichen" in (await line.seen(2))[1]
    assert line.said() == []


async def test_a_turn_that_fails_is_told(line: Line) -> None:
    line.bot.reply = lambda _: []
    await line.say("Perso")
    assert "115" in (await line.seen(2))[1]


async def test_two_people_have_two_conversations(line: Line) -> None:
    await asyncio.gather(line.platform.say(line.person, "eins"), line.platform.say(f"{line.person}9", "zwei"))
    await line.seen(2)
    await line.platform.until(lambda: len(line.platform.seen(f"{line.person}9")) == 2)
    assert len({turn["sender"] for turn in line.bot.turns}) == 2


async def test_messages_in_a_hurry_are_answered_in_their_order(line: Line) -> None:
    line.bot.seconds = 0.02
    for number in range(6):
        await line.say(f"Nachricht {number}")
    texts = await line.seen(7)
    assert texts[1:] == [f"Sie schrieben: Nachricht {number}" for number in range(6)]


async def test_who_asks_the_bot_to_delete_hears_that_it_is_done(line: Line) -> None:
    line.bot.reply = lambda turn: {
        "messages": [{"custom": {"text": "Alles ist gelöscht.", "tun": "gespraech_loeschen" if "lösche" in turn["message"] else None}}],
        "intent": {"name": "datenschutz_loeschen", "confidence": 1},
    }
    await line.say("Hallo")
    await line.seen(2)
    conversation = line.bot.turns[0]["sender"]
    await line.say("Bitte lösche alles")
    assert (await line.seen(3))[2] == "Alles ist gelöscht."
    left = [key for key in line.store.scan_iter(f"lotse:gespraech:{conversation}*") if not key.endswith(b":antworten")]
    assert left == []
