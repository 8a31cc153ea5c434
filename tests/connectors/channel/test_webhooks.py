"""Deliveries that are forged, replayed, oversized, malformed or out of order: the right status, and nothing queued."""

import asyncio
import hashlib
import hmac
import json
import time
from typing import Any

import httpx
import pytest
from messenger_line import SECRET, TOKEN, VERIFY, Line

pytestmark = pytest.mark.channels


async def posted(line: Line, body: bytes, headers: dict[str, str] | None = None) -> int:
    """The status of a delivery with the right signature, or with ``headers`` instead."""
    signed = {
        "X-Telegram-Bot-Api-Secret-Token": SECRET,
        "X-Hub-Signature-256": "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest(),
    }
    async with httpx.AsyncClient(timeout=10, verify=False) as client:
        answer = await client.post(f"{line.url}/webhook/{line.channel}", content=body, headers=signed if headers is None else headers)
    return answer.status_code


def delivery(line: Line, text: str = "Perso") -> bytes:
    content = {
        "telegram": lambda: line.platform.update(line.person, text=text),
        "whatsapp": lambda: line.platform.delivery(line.person, type="text", text={"body": text}),
        "messenger": lambda: line.platform.delivery(line.person, message={"mid": f"m{time.time_ns()}", "text": text}),
    }[line.channel]()
    return json.dumps(content).encode()


async def nothing_happens(line: Line) -> None:
    await asyncio.sleep(0.3)  # more than a message waits for one before it
    assert line.said() == []
    assert line.platform.seen(line.person) == []


FORGED = [
    {},
    {"X-Telegram-Bot-Api-Secret-Token": "", "X-Hub-Signature-256": ""},
    {"X-Telegram-Bot-Api-Secret-Token": SECRET[:-1], "X-Hub-Signature-256": "sha256=" + "0" * 64},
    {"X-Telegram-Bot-Api-Secret-Token": SECRET + "x", "X-Hub-Signature-256": "sha1=" + "0" * 40},
    {"X-Telegram-Bot-Api-Secret-Token": "ä", "X-Hub-Signature-256": "sha256=" + "ä" * 64},
    {"X-Telegram-Bot-Api-Secret-Token": TOKEN, "X-Hub-Signature-256": f"sha256={SECRET}"},
]


async def test_who_cannot_show_the_secret_is_refused(line: Line) -> None:
    before = await line.count("received", "forged")
    for headers in FORGED:
        sent = {name: value.encode() for name, value in headers.items()}
        assert await posted(line, delivery(line), sent) == 401  # type: ignore[arg-type]
    assert await line.count("received", "forged") == before + len(FORGED)
    await nothing_happens(line)


@pytest.mark.parametrize("line", ["whatsapp", "messenger"], indirect=True)
async def test_a_signature_of_another_body_is_refused(line: Line) -> None:
    """Telegram signs no bodies."""
    digest = hmac.new(SECRET.encode(), delivery(line, "Etwas anderes"), hashlib.sha256).hexdigest()
    assert await posted(line, delivery(line), {"X-Hub-Signature-256": f"sha256={digest}"}) == 401
    await nothing_happens(line)


UNREADABLE = [
    b"", b"{", b"\xff\xfe", b"nul", b"[" * 50_000, b'"text"', b"7", b'{"update_id": "x", "object": 7, "entry": 7}',
    b'{"update_id": -1, "entry": [{"changes": 1, "messaging": 1}]}',
    b'{"update_id": 1, "message": {"date": "gestern", "chat": []}, "object": "page", "entry": [7]}',
]


async def test_what_cannot_be_read_is_refused(line: Line) -> None:
    for body in UNREADABLE:
        assert await posted(line, body) == 400, body[:50]
    await nothing_happens(line)


async def test_a_huge_body_is_refused_before_it_is_read(line: Line) -> None:
    assert await posted(line, b" " * (3 * 1024 * 1024 + 1)) == 413
    await nothing_happens(line)


@pytest.mark.parametrize("line", ["telegram"], indirect=True)
async def test_a_channel_that_is_not_there_takes_nothing(line: Line) -> None:
    async with httpx.AsyncClient(verify=False) as client:
        for path in ("telegramm", "web", "%2e%2e", "Telegram"):
            assert (await client.post(f"{line.url}/webhook/{path}", content=b"{}")).status_code in (404, 405)


async def test_a_replay_is_taken_for_what_it_is(line: Line) -> None:
    body = delivery(line)
    assert await posted(line, body) == 200
    await line.seen(2)
    assert await posted(line, body) == 200
    await line.say("STOPP")
    await line.seen(3)
    assert await posted(line, body) == 200  # the conversation is gone, what was seen is not
    await asyncio.sleep(0.3)
    await line.seen(3)
    assert line.said() == ["Perso"]


async def test_a_delivery_of_the_day_before_yesterday_is_answered_by_nobody(line: Line) -> None:
    old = int(time.time()) - 25 * 3600
    body = {
        "telegram": lambda: line.platform.update(line.person, text="Perso", date=old),
        "whatsapp": lambda: line.platform.delivery(line.person, type="text", text={"body": "Perso"}, sent=old),
        "messenger": lambda: line.platform.delivery(line.person, message={"mid": "alt", "text": "Perso"}, sent=old * 1000),
    }[line.channel]()
    assert await line.platform.post(body) == [200]
    await nothing_happens(line)
    assert await line.count("received", "late") >= 1


async def test_what_comes_a_little_late_finds_its_place(line: Line) -> None:
    now = int(time.time())
    texts = ["eins", "zwei", "drei"]
    if line.channel == "telegram":
        bodies: list[Any] = [line.platform.update(line.person, text=text) for text in texts]
    elif line.channel == "whatsapp":
        bodies = [line.platform.delivery(line.person, type="text", text={"body": text}, sent=now + n) for n, text in enumerate(texts)]
    else:
        bodies = [
            line.platform.delivery(line.person, message={"mid": f"{now}{text}", "text": text}, sent=now * 1000 + n)
            for n, text in enumerate(texts)
        ]
    for body in reversed(bodies):
        assert await line.platform.post(body) == [200]
    await line.seen(4)
    assert line.said() == texts


async def test_meta_checks_the_address(line: Line) -> None:
    async with httpx.AsyncClient(base_url=line.url, verify=False) as client:

        async def asked(**query: str) -> tuple[int, str]:
            told = {f"hub.{name}": value for name, value in query.items()}
            answer = await client.get(f"/webhook/{line.channel}", params=told)
            return answer.status_code, answer.text

        good = await asked(mode="subscribe", verify_token=VERIFY, challenge="1158201444")
        assert good == (200, "1158201444") if line.channel != "telegram" else good[0] == 401
        for wrong in ({"verify_token": "falsch"}, {}, {"verify_token": VERIFY, "mode": "unsubscribe"}, {"verify_token": "ä"}):
            assert (await asked(**{"mode": "subscribe", "challenge": "1", **wrong}))[0] == 401


@pytest.mark.parametrize("line", ["whatsapp"], indirect=True)
async def test_a_webhook_answers_within_200_ms_under_20_messages_a_second(line: Line) -> None:
    line.bot.seconds = 0.05
    took = []

    async def one(number: int) -> None:
        person = f"{line.person}{number % 8}"
        body = json.dumps(line.platform.delivery(person, type="text", text={"body": f"Nachricht {number}"})).encode()
        begun = time.monotonic()
        assert await posted(line, body) == 200
        took.append(time.monotonic() - begun)

    async with asyncio.TaskGroup() as group:
        for number in range(60):
            group.create_task(one(number))
            await asyncio.sleep(0.05)
    assert sorted(took)[56] < 0.2, sorted(took)[-10:]
    await line.platform.until(lambda: len(line.bot.turns) == 60, 20)
