"""What staff may read: masked, once a turn, and kept until everybody has read it."""

import json

import httpx
import redis
import redis.asyncio
from citizen import Citizen
from fake_bot import FakeBot

from connectors.gateway import record
from connectors.gateway.origin import Origin
from connectors.gateway.queue import Waiting
from connectors.gateway.schemas import Failure, Queued, Reply
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


async def test_a_turn_tells_what_was_understood(citizen: Citizen, bot: FakeBot, store: redis.Redis) -> None:
    bot.reply = lambda turn: {
        "messages": [
            {"custom": {"text": "Was meinen Sie?", "rueckfrage": True, "kandidaten": [["a", 0.5], ["b", 0.25], ["c", 0.125], ["d", 0.1]]}},
            {"custom": {"text": "Dazu ist nichts hinterlegt.", "ohne_auskunft": True}},
        ],
        "intent": {"name": "frage_kosten", "confidence": 0.3},
        "ranking": [["frage_kosten", 0.3], ["frage_frist", 0.25], ["lob", 0.2], ["dank", 0.1]],
        "fallback": True, "seconds": {"nlu": 0.01, "dialogue": 0.02}, "model": "0123456789abcdef",
    }  # fmt: skip
    answer = (await citizen.send("Was kostet das?")).json()
    (turn,) = turns(store)
    assert turn["kandidaten"] == {
        "absichten": [["frage_kosten", 0.3], ["frage_frist", 0.25], ["lob", 0.2]],
        "leistungen": [["a", 0.5], ["b", 0.25], ["c", 0.125]],
    }
    assert (turn["fallback"], turn["rueckfrage"], turn["ohne_auskunft"]) == (True, True, True)
    assert (turn["kanal"], turn["pruefung"], turn["modell"]) == ("web", False, "0123456789abcdef")
    assert set(turn["sekunden"]) == {"queue", "nlu", "dialogue"}
    assert answer["replies"][0]["kandidaten"] == []  # for staff only


async def test_who_only_tries_something_is_known_by_it(http: httpx.AsyncClient, settings: Settings, store: redis.Redis) -> None:
    owner = {"Lotse-Local": settings.secret("catalogue_token")}
    for body, headers in (({"pruefung": True}, {}), ({}, owner), (None, {})):
        made = (await http.post("/api/v1/conversations", json=body, headers=headers)).json()
        await Citizen(http, made["id"], made["token"]).send("Hallo")
    assert [turn["pruefung"] for turn in turns(store)] == [True, True, False]


async def test_ratings_stand_in_the_record_masked_and_go_with_the_conversation(citizen: Citizen, store: redis.Redis) -> None:
    await citizen.send("Hallo")
    base = f"/api/v1/conversations/{citizen.id}"

    async def post(path: str, body: object) -> int:
        return (await citizen.http.post(f"{base}{path}", json=body, headers=citizen.headers)).status_code

    assert await post("/messages/m1/rating", {"value": "up"}) == 204
    assert await post("/messages/m1/rating", {"value": "down", "reason": "Ich bin Amelie Musterfrau, amelie@example.org"}) == 204
    assert await post("/solved", {"solved": False}) == 204
    assert await post("/messages/unbekannt/rating", {"value": "up"}) == 404
    assert await post("/messages/m1/rating", {"value": "mittel"}) == 422
    assert await post("/messages/m1/rating", {"value": "up", "reason": "x" * 301}) == 422
    assert await post("/solved", {}) == 422
    other = await citizen.http.post(f"{base}/solved", json={"solved": True}, headers={"Authorization": "Bearer falsch"})
    assert other.status_code == 401
    told = [json.loads(fields[b"bewertung"]) for _, fields in store.xrange(record.STREAM) if b"bewertung" in fields]
    assert [(one.get("daumen"), one.get("geloest")) for one in told] == [(1, None), (-1, None), (None, False)]
    assert "amelie" not in json.dumps(told).lower()
    await citizen.http.delete(base, headers=citizen.headers)
    assert [set(fields) for _, fields in store.xrange(record.STREAM)] == [{b"geloescht"}]


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
    pressed = _waiting(Queued(message_id="m", payload='/bestaetigen{"knopf": "choice:art:1"}'))
    inside = Reply(message_id="m", replies=[Antwort(text="Gern."), Antwort(text="Frage?", vertraulich=True)], intent=None, ms=1)
    told = entry(pressed, inside)
    assert (told["text"], told["knopf"], told["antworten"]) == ("", "/bestaetigen", ["[Antrag]", "[Antrag]"])
    typed = _waiting(Queued(message_id="m", text="Erika Mustermann"))
    assert entry(typed, inside)["text"] == "[Antrag]"
    # A turn that failed may have stood in a form: nobody can tell.
    assert entry(typed, Failure(message_id="m", detail="Bitte noch einmal."))["text"] == "[Antrag]"
    outside = inside.model_copy(update={"replies": inside.replies[:1]})
    assert entry(typed, outside)["antworten"] == ["Gern."]


def test_inside_a_form_nothing_is_told_of_what_was_thought_of() -> None:
    value = _waiting(Queued(message_id="m", text="Musterstraße 5"))
    inside = Reply(message_id="m", replies=[Antwort(text="Frage?", vertraulich=True, ohne_auskunft=True)], intent=None, ms=1)
    thought = record.Understood([("smalltalk", 0.2)], [("strassenreinigung", 0.7)], fallback=True)
    told = entry(value, inside, thought)
    assert "strassenreinigung" not in json.dumps(told)
    assert not {"intent", "kandidaten", "fallback", "rueckfrage", "ohne_auskunft"} & set(told)


def entry(waiting: Waiting, reply: Reply | Failure, understood: record.Understood | None = None) -> dict[str, object]:
    told: dict[str, object] = json.loads(record.turn(waiting, reply, Origin(), understood or record.Understood()))
    return told


def _waiting(message: Queued) -> Waiting:
    return Waiting(stream="s", entry=b"1700000000000-0", conversation="g", message=message)
