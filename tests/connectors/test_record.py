"""What staff may read: masked, once a turn, and kept until everybody has read it."""

import json

import redis
import redis.asyncio
from citizen import Citizen
from fake_bot import FakeBot

from connectors.gateway import record
from connectors.gateway.queue import Waiting
from connectors.gateway.schemas import Message, Reply
from core.answer import Antwort
from core.settings import Settings


def turns(store: redis.Redis) -> list[dict[str, object]]:
    return [json.loads(fields[b"zug"]) for _, fields in store.xrange(record.STREAM) if b"zug" in fields]


async def test_a_turn_is_recorded_once_and_masked(citizen: Citizen, store: redis.Redis) -> None:
    for _ in range(2):
        await citizen.send("Ich heiße Amelie Musterfrau (amelie@example.org), was kostet ein Pass?", message_id="a")
    (turn,) = turns(store)
    assert turn["gespraech"] == citizen.id
    assert turn["nachricht"] == "a"
    assert "amelie" not in json.dumps(turn).lower()
    assert "was kostet ein Pass?" in str(turn["text"])
    assert turn["intent"]
    assert turn["antworten"]


async def test_a_turn_that_failed_is_recorded_without_an_answer(citizen: Citizen, bot: FakeBot, store: redis.Redis) -> None:
    bot.seconds = 1.0  # longer than the gateway waits
    await citizen.send("Hallo")
    (turn,) = turns(store)
    assert "antworten" not in turn


async def test_the_record_is_trimmed_behind_its_slowest_reader(citizen: Citizen, settings: Settings, store: redis.Redis) -> None:
    for group in ("konsole", "zahlen"):
        store.xgroup_create(record.STREAM, group, id="0", mkstream=True)
    for number in range(6):
        await citizen.send(str(number))
    fast = store.xreadgroup("konsole", "a", {record.STREAM: ">"})[0][1]
    store.xack(record.STREAM, "konsole", *(entry for entry, _ in fast))
    slow = store.xreadgroup("zahlen", "a", {record.STREAM: ">"}, count=4)[0][1]
    store.xack(record.STREAM, "zahlen", *(entry for entry, _ in slow[:2]))  # the third is not finished
    async with redis.asyncio.from_url(settings.redis_address) as opened:
        await record.trim(opened)
    assert [turn["text"] for turn in turns(store)] == ["2", "3", "4", "5"]


async def test_what_nobody_has_read_stays(citizen: Citizen, settings: Settings, store: redis.Redis) -> None:
    await citizen.send("Hallo")
    async with redis.asyncio.from_url(settings.redis_address) as opened:
        await record.trim(opened)
    assert len(turns(store)) == 1


async def test_a_deleted_conversation_leaves_only_the_word_to_forget_it(citizen: Citizen, store: redis.Redis) -> None:
    await citizen.send("Hallo")
    await citizen.http.delete(f"/api/v1/conversations/{citizen.id}", headers=citizen.headers)
    ((_, fields),) = store.xrange(record.STREAM)
    assert fields == {b"geloescht": citizen.id.encode()}


def test_a_turn_inside_a_form_is_recorded_without_its_words() -> None:
    pressed = _waiting(Message(message_id="m", payload='/bestaetigen{"knopf": "choice:art:1"}'))
    inside = Reply(message_id="m", replies=[Antwort(text="Gern."), Antwort(text="Frage?", vertraulich=True)], intent=None, ms=1)
    told = json.loads(record.turn(pressed, inside))
    assert (told["text"], told["knopf"], told["antworten"]) == ("", "/bestaetigen", ["[Antrag]", "[Antrag]"])
    typed = _waiting(Message(message_id="m", text="Erika Mustermann"))
    assert json.loads(record.turn(typed, inside))["text"] == "[Antrag]"
    outside = inside.model_copy(update={"replies": inside.replies[:1]})
    assert json.loads(record.turn(typed, outside))["antworten"] == ["Gern."]


def _waiting(message: Message) -> Waiting:
    return Waiting(stream="s", entry=b"1700000000000-0", conversation="g", message=message)
