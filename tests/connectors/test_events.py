"""The event stream: order, resuming, and its end."""

import asyncio
import json

import pytest
from citizen import Citizen
from fake_bot import FakeBot


async def test_replies_come_with_increasing_ids(citizen: Citizen) -> None:
    for text in ("eins", "zwei", "drei"):
        await citizen.send(text)
    events = await citizen.events(3)
    assert [int(event["id"]) for event in events] == [1, 2, 3]
    assert [json.loads(event["data"])["replies"][0]["text"] for event in events] == [
        "Sie schrieben: eins",
        "Sie schrieben: zwei",
        "Sie schrieben: drei",
    ]


async def test_a_waiting_stream_gets_the_reply_at_once(citizen: Citizen) -> None:
    stream = asyncio.create_task(citizen.events(1))
    await asyncio.sleep(0.1)
    await citizen.send("Hallo", wait=False)
    async with asyncio.timeout(1):  # less than the 2 s of polling
        assert json.loads((await stream)[0]["data"])["message_id"] == "m1"


async def test_the_stream_resumes_after_the_last_event(citizen: Citizen) -> None:
    for text in ("eins", "zwei", "drei"):
        await citizen.send(text)
    events = await citizen.events(1, {**citizen.headers, "Last-Event-ID": "2"})
    assert events[0]["id"] == "3"


@pytest.mark.parametrize("last", ["kaputt", "-1", "²"])
async def test_a_wrong_last_event_id_begins_at_the_start(citizen: Citizen, last: str) -> None:
    await citizen.send("eins")
    headers = {**citizen.headers, "Last-Event-ID": last}
    events = await citizen.events(1, {name: value.encode() for name, value in headers.items()})  # type: ignore[misc]
    assert events[0]["id"] == "1"


async def test_the_token_may_stand_in_the_address(citizen: Citizen) -> None:
    await citizen.send("eins")
    assert len(await citizen.events(1, {}, f"?token={citizen.token}")) == 1


async def test_the_same_message_twice_is_one_event(citizen: Citizen) -> None:
    for _ in range(3):
        await citizen.send("eins", message_id="gleich")
    await citizen.send("zwei")
    events = await citizen.events(2)
    assert [json.loads(event["data"])["message_id"] for event in events] == ["gleich", "m4"]


async def test_a_failure_is_told_on_the_stream(citizen: Citizen, bot: FakeBot) -> None:
    bot.reply = lambda _: {"messages": []}
    await citizen.send("Hallo", wait=False)
    event = (await citizen.events(1))[0]
    assert event["event"] == "failed"
    assert json.loads(event["data"])["message_id"] == "m1"
    assert "115" in json.loads(event["data"])["detail"]


async def test_the_stream_ends_with_the_conversation(citizen: Citizen) -> None:
    await citizen.send("eins")
    stream = asyncio.create_task(citizen.events(99))
    await asyncio.sleep(0.1)
    await citizen.http.delete(f"/api/v1/conversations/{citizen.id}", headers=citizen.headers)
    async with asyncio.timeout(1):
        assert len(await stream) == 1


async def test_one_conversation_has_only_so_many_streams(citizen: Citizen) -> None:
    streams = [asyncio.create_task(citizen.events(1)) for _ in range(8)]
    await asyncio.sleep(0.3)
    path = f"/api/v1/conversations/{citizen.id}/events"
    assert (await citizen.http.get(path, headers=citizen.headers)).status_code == 429
    await citizen.send("Hallo")
    await asyncio.gather(*streams)
