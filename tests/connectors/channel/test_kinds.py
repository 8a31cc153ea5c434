"""What people send besides text: each is answered with what is possible. Payloads after the platforms' public documentation."""

import asyncio
import time
from typing import Any

import pytest
from messenger_line import Line

pytestmark = pytest.mark.channels

WHAT = {"bild": "Bilder", "video": "Videos", "sprache": "Sprachnachrichten", "datei": "Dateien", "standort": "Standort",
        "kontakt": "Kontakte", "sticker": "Sticker", "anderes": "Art von Nachricht"}  # fmt: skip
FILE = {"file_id": "AwACAgI", "file_unique_id": "AgAD"}
TELEGRAM: dict[str, dict[str, Any]] = {
    "bild": {"photo": [FILE | {"width": 90, "height": 67, "file_size": 1253}]},
    "video": {"video_note": FILE | {"length": 240, "duration": 3}},
    "sprache": {"voice": FILE | {"duration": 2, "mime_type": "audio/ogg"}},
    "datei": {"document": FILE | {"file_name": "antrag.pdf", "mime_type": "application/pdf"}},
    "standort": {"location": {"latitude": 49.44, "longitude": 7.77}},
    "kontakt": {"contact": {"phone_number": "+491700000000", "first_name": "Max"}},
    "sticker": {"sticker": FILE | {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}},
    "anderes": {"dice": {"emoji": "🎲", "value": 3}},
}
MEDIA = {"id": "1003383421387256", "mime_type": "image/jpeg", "sha256": "SfInY0gG"}
WHATSAPP: dict[str, dict[str, Any]] = {
    "bild": {"type": "image", "image": MEDIA},
    "video": {"type": "video", "video": MEDIA},
    "sprache": {"type": "audio", "audio": MEDIA | {"voice": True}},
    "datei": {"type": "document", "document": MEDIA | {"filename": "antrag.pdf"}},
    "standort": {"type": "location", "location": {"latitude": 49.44, "longitude": 7.77, "name": "Rathaus"}},
    "kontakt": {"type": "contacts", "contacts": [{"name": {"formatted_name": "Max"}, "phones": [{"phone": "+491700000000"}]}]},
    "sticker": {"type": "sticker", "sticker": MEDIA | {"animated": False}},
    "anderes": {"type": "unsupported", "errors": [{"code": 131051, "title": "Message type unknown"}]},
}
MESSENGER: dict[str, dict[str, Any]] = {
    kind: {"attachments": [{"type": name, "payload": {"url": "https://cdn.example/1"}}]}
    for kind, name in {"bild": "image", "video": "video", "sprache": "audio", "datei": "file", "standort": "location",
                       "anderes": "template"}.items()
} | {"sticker": {"attachments": [{"type": "image", "payload": {"url": "https://cdn.example/1", "sticker_id": 36923}}]}}  # fmt: skip


def sent(line: Line, kind: str, text: str = "") -> Any:
    if line.channel == "telegram":
        return line.platform.update(line.person, **TELEGRAM[kind], **({"caption": text} if text else {}))
    if line.channel == "whatsapp":
        content = WHATSAPP[kind]
        media = {content["type"]: content[content["type"]] | {"caption": text}} if text else {}
        return line.platform.delivery(line.person, **(content | media))
    message = {"mid": f"m{time.time_ns()}", **MESSENGER[kind], **({"text": text} if text else {})}
    return line.platform.delivery(line.person, message=message)


async def test_everything_but_text_is_answered_with_what_is_possible(line: Line) -> None:
    kinds = [kind for kind in WHAT if line.channel != "messenger" or kind in MESSENGER]
    for number, kind in enumerate(kinds):
        assert await line.platform.post(sent(line, kind)) == [200]
        text = (await line.seen(number + 2))[-1]
        assert WHAT[kind] in text
        assert "Bitte schreiben Sie" in text or "Link zum Hochladen" in text
    assert line.said() == []


async def test_what_stands_below_a_picture_is_a_question(line: Line) -> None:
    await line.platform.post(sent(line, "bild", "Was ist das für ein Formular?"))
    _, hint, answer = await line.seen(3)
    assert "Bilder" in hint
    assert answer == "Sie schrieben: Was ist das für ein Formular?"


async def test_ten_pictures_are_one_hint(line: Line) -> None:
    for _ in range(10):
        await line.platform.post(sent(line, "bild"))
    await asyncio.sleep(0.5)
    await line.seen(2)


async def test_receipts_and_our_own_messages_are_none(line: Line) -> None:
    person, now = {"id": line.person}, int(time.time() * 1000)
    nothing: list[Any] = {
        "telegram": [
            {"update_id": 1},
            {"update_id": 2, "my_chat_member": {"date": 1}},
            {"update_id": 3, "channel_post": line.platform.update("1", text="x")["message"]} if line.channel == "telegram" else {},
        ],
        "whatsapp": [
            {"object": "whatsapp_business_account", "entry": []},
            line.platform.changed(statuses=[{"id": "wamid.1", "status": "delivered", "recipient_id": line.person}])
            if line.channel == "whatsapp" else {},
        ],
        "messenger": [
            {"object": "page", "entry": [{"messaging": [{"sender": person, "timestamp": now, "read": {"watermark": 1}}]}]},
            {"object": "page", "entry": [{"messaging": [
                {"sender": {"id": "1"}, "timestamp": now, "message": {"mid": "m1", "text": "x", "is_echo": True}}]}]},
            {"object": "user", "entry": [{"messaging": [{"sender": person, "timestamp": now, "message": {"mid": "m2", "text": "x"}}]}]},
        ],
    }[line.channel]  # fmt: skip
    for body in nothing:
        assert await line.platform.post(body) == [200]
    await asyncio.sleep(0.3)
    assert line.platform.seen(line.person) == []
    assert line.said() == []


@pytest.mark.parametrize("line", ["telegram", "messenger"], indirect=True)
async def test_a_corrected_message_is_answered_anew(line: Line) -> None:
    await line.say("Was kostet ein Reisepas")
    await line.seen(2)
    if line.channel == "telegram":
        update = line.platform.update(line.person, text="Was kostet ein Reisepass?", edit_date=int(time.time()))
        update["edited_message"] = update.pop("message")
        moved = line.platform.update(line.person, location={"latitude": 49.44, "longitude": 7.77}, edit_date=int(time.time()))
        moved["edited_message"] = moved.pop("message")
        await line.platform.post(moved)
    else:
        update = line.platform.delivery(line.person, message_edit={"mid": "m1", "text": "Was kostet ein Reisepass?", "num_edit": 1})
    await line.platform.post(update)
    assert (await line.seen(3))[2] == "Sie schrieben: Was kostet ein Reisepass?"


@pytest.mark.parametrize("line", ["telegram"], indirect=True)
async def test_the_bot_keeps_out_of_groups(line: Line) -> None:
    update = line.platform.update(line.person, text="Hallo")
    update["message"]["chat"] = {"id": -100123, "type": "supergroup"}
    assert await line.platform.post(update) == [200]
    await asyncio.sleep(0.3)
    assert line.said() == []


@pytest.mark.parametrize("line", ["telegram"], indirect=True)
async def test_commands_on_telegram_are_words(line: Line) -> None:
    code = "AB2C-3D4E-5FGH-6JKM"
    typed = ["/start", f"/start {code}", "/start werbung", "/hilfe", "/start@amtslotse_bot"]
    for number, text in enumerate(typed):
        await line.say(text)
        await line.seen(number + 2)
    assert line.said() == ["Hallo", code, "Hallo", "hilfe", "Hallo"]


@pytest.mark.parametrize("line", ["messenger"], indirect=True)
async def test_the_button_that_begins_is_a_greeting(line: Line) -> None:
    await line.platform.push(line.person, "beginn")
    await line.seen(2)
    assert line.said() == ["Hallo"]


@pytest.mark.parametrize("line", ["telegram"], indirect=True)
async def test_stop_as_a_command(line: Line) -> None:
    await line.say("/stopp")
    assert "gelöscht" in (await line.seen(1))[0]
