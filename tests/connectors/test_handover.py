"""A person takes over: the bot is silent, both write through one gateway, in order and once, and the citizen sees who writes."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import redis
from citizen import Citizen, begin
from desk_house import NEVER, Office, desk_file
from fake_bot import FakeBot
from serving import served

from connectors.gateway.app import create_app
from connectors.gateway.bot import BotClient
from connectors.gateway.desk.hours import Desk
from connectors.gateway.desk.texts import desk_texts
from connectors.gateway.record import STREAM
from core.clock import ZONE
from core.errors import ConfigurationError
from core.settings import PROJECT, Settings

TEXTS = desk_texts("de")
WRITE, AGREE, BACK = ({"payload": f"/mensch_{name}"} for name in ("schreiben", "einverstanden", "zurueck"))


def wants_a_person(turn: dict[str, Any]) -> Any:
    return {"messages": [{"text": "Rufen Sie 115 an."}], "intent": {"name": "mensch_sprechen", "confidence": 0.9}}


@pytest.fixture
async def desk(apart: Settings, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[httpx.AsyncClient]:
    """A gateway of its own whose desk is always open, but for what a test tells."""
    own = apart.model_copy(update={"desk_file": desk_file(tmp_path, **getattr(request, "param", {}))})
    with served(create_app(own, BotClient(own.rasa_url, deadline=0.6, patience=1.0))) as url:
        async with httpx.AsyncClient(base_url=url, timeout=10, verify=False) as client:
            yield client


@pytest.fixture
async def petra(desk: httpx.AsyncClient, apart: Settings) -> Office:
    office = Office(desk, apart.secret("catalogue_token"))
    await office.on_duty()
    return office


@pytest.fixture
def record(apart: Settings) -> redis.Redis:
    return redis.Redis.from_url(apart.redis_address)


async def waiting(desk: httpx.AsyncClient, bot: FakeBot) -> Citizen:
    """Somebody who has asked for a person, agreed, and waits."""
    bot.reply = wants_a_person
    citizen = await begin(desk)
    assert said(await citizen.send("Ich will einen Menschen")) == TEXTS.angebot
    assert said(await citizen.send(**WRITE)) == TEXTS.einwilligung.strip()
    assert "an Stelle" in said(await citizen.send(**AGREE))
    return citizen


def said(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    replies = answer.json()["replies"]
    return str(replies[-1]["text"]) if replies else ""


async def told(citizen: Citizen, most: int) -> list[dict[str, Any]]:
    """The answers of the first events."""
    return [json.loads(one["data"])["replies"] for one in await citizen.events(most)]


async def until_bot(citizen: Citizen, office: Office) -> None:
    """Until nobody has the conversation any more."""
    async with asyncio.timeout(12):
        while True:
            found = await office.overview()
            if citizen.id not in str(found["wartend"]) + str(found["laufend"]):
                return
            await asyncio.sleep(0.1)


async def test_a_person_takes_over_writes_and_closes(desk: httpx.AsyncClient, bot: FakeBot, petra: Office, record: redis.Redis) -> None:
    citizen = await waiting(desk, bot)
    asked = len(bot.turns)
    assert "an Stelle 1" in said(await citizen.send("Es geht um meinen Pass, ich heiße Amelie Weber"))
    assert (await petra.lines(citizen.id)).status_code == 404  # not before it is hers
    assert (await petra.do(citizen.id, "nehmen")).status_code == 200
    shown = (await petra.lines(citizen.id)).json()["zeilen"]
    assert [
        one["text"] for one in shown if one["von"] == "buerger"
    ] == ["Ich will einen Menschen", "Es geht um meinen Pass, ich heiße Amelie Weber"]
    for _ in range(2):  # the form was sent twice
        assert (await petra.say(citizen.id, "Guten Tag, Frau Weber!", "form-0001")).status_code == 202
    assert said(await citizen.send("Wann kann ich ihn abholen?")) == ""  # no answer of the bot's
    await petra.say(citizen.id, "Morgen ab 8 Uhr.", "form-0002")
    assert (await petra.do(citizen.id, "schliessen")).status_code == 204
    # Offer, consent, place, message; then: taken, first words, the citizen's message, second words, closed.
    events = (await told(citizen, 9))[4:]
    assert [[(one["absender"], one["absender_name"]) for one in event] for event in events] == [
        [("lotse", None)], [("mensch", "Petra")], [], [("mensch", "Petra")], [("lotse", None)],
    ]  # fmt: skip
    assert "Petra" in events[0][0]["text"]
    assert [event[0]["text"] for event in (events[1], events[3])] == ["Guten Tag, Frau Weber!", "Morgen ab 8 Uhr."]
    assert len(bot.turns) == asked
    assert (await petra.lines(citizen.id)).status_code == 404
    assert (await petra.say(citizen.id, "Noch etwas", "form-0003")).status_code == 404
    bot.reply = bot.echo
    assert said(await citizen.send("Danke")) == "Sie schrieben: Danke"
    kept = [json.loads(fields[b"zug"]) for _, fields in record.xrange(STREAM)]
    written = json.dumps(kept, ensure_ascii=False)
    assert "Weber" not in written and "Morgen ab 8 Uhr." in written
    assert "Weber" not in "".join(str(record.dump(key)) for key in record.keys("*"))


async def test_of_two_who_take_one_conversation_one_gets_it(desk: httpx.AsyncClient, bot: FakeBot, petra: Office) -> None:
    everybody = [petra, *(Office(desk, petra.headers["Lotse-Local"], f"kollege{number}") for number in range(7))]
    citizen = await waiting(desk, bot)
    answers = await asyncio.gather(*(one.do(citizen.id, "nehmen") for one in everybody))
    assert sorted(one.status_code for one in answers) == [200, *[409] * 7]
    winner = everybody[[one.status_code for one in answers].index(200)]
    assert [(await one.lines(citizen.id)).status_code for one in everybody].count(200) == 1
    assert (await winner.lines(citizen.id)).status_code == 200
    taken = [event for event in (await told(citizen, 4))[3:] if event]
    assert len(taken) == 1


async def test_places_are_told_and_move_up(desk: httpx.AsyncClient, bot: FakeBot, petra: Office) -> None:
    first, second, third = [await waiting(desk, bot) for _ in range(3)]
    full = await begin(desk)
    assert said(await full.send("Mensch!")).startswith(TEXTS.keiner_da)  # three places only
    assert [one["gespraech"] for one in (await petra.overview())["wartend"]] == [first.id, second.id, third.id]
    await petra.do(second.id, "nehmen")
    assert (await told(third, 4))[3][0]["text"] == TEXTS.stelle.format(platz=2)
    await petra.do(first.id, "nehmen")
    assert (await petra.do(third.id, "nehmen")).status_code == 409  # two at once
    assert said(await third.send("Zurück zum Lotsen!")) == TEXTS.verlassen
    assert (await petra.overview())["wartend"] == []


async def test_the_citizen_leaves_a_person_by_button(desk: httpx.AsyncClient, bot: FakeBot, petra: Office) -> None:
    citizen = await waiting(desk, bot)
    await petra.do(citizen.id, "nehmen")
    assert said(await citizen.send(**BACK)) == TEXTS.verlassen
    assert (await petra.say(citizen.id, "Hallo?", "form-0001")).status_code == 404
    bot.reply = bot.echo
    assert said(await citizen.send("Hallo")) == "Sie schrieben: Hallo"


async def test_two_failures_in_a_row_and_need_offer_a_person(desk: httpx.AsyncClient, bot: FakeBot, petra: Office) -> None:
    citizen = await begin(desk)
    bot.reply = lambda _: {"messages": [{"text": "Wie bitte?"}], "intent": {"name": None, "confidence": 0.1}, "fallback": True}
    assert len((await citizen.send("blau")).json()["replies"]) == 1
    second = (await citizen.send("grün")).json()["replies"]
    assert [one["text"] for one in second] == ["Wie bitte?", TEXTS.angebot_fehler]
    assert second[1]["buttons"] == [{"title": TEXTS.knopf_schreiben, "payload": "/mensch_schreiben"}]
    bot.reply = bot.echo
    await citizen.send("rot")
    for custom, intent in (({"text": "112"}, "notfall"), ({"text": "112", "notfall": True}, "mensch_sprechen")):
        turn = {"messages": [{"custom": custom}], "intent": {"name": intent, "confidence": 0.9}}
        bot.reply = lambda _, turn=turn: turn
        assert [one["text"] for one in (await citizen.send("Hilfe")).json()["replies"]] == ["112", TEXTS.angebot_notfall]


@pytest.mark.parametrize("desk", [NEVER | {"zeiten": {"montag": ["00:00-00:01"]}}], indirect=True)
async def test_out_of_hours_a_call_back_is_offered_kept_sealed_and_done(
    desk: httpx.AsyncClient, bot: FakeBot, petra: Office, record: redis.Redis
) -> None:
    bot.reply = wants_a_person
    citizen = await begin(desk)
    replies = (await citizen.send("Mensch bitte")).json()["replies"]
    assert [replies[0]["text"], replies[1]["text"]] == [
        "Rufen Sie 115 an.", TEXTS.ausserhalb.format(zeiten="Montag 0:00–0:01 Uhr") + " " + TEXTS.rueckruf_angebot,
    ]  # fmt: skip
    assert said(await citizen.send(payload="/mensch_rueckruf")) == TEXTS.rueckruf_nummer.format(tage=7).strip()
    assert said(await citizen.send("weiß ich nicht, 12")) == TEXTS.nummer_falsch
    assert said(await citizen.send("keine Ahnung")) == TEXTS.nummer_nicht  # and the bot answers again
    await citizen.send(payload="/mensch_rueckruf")
    assert said(await citizen.send("Am besten 0631 1234567")) == TEXTS.rueckruf_wunsch
    assert said(await citizen.send("Es geht um den Hund, ab 14 Uhr")) == TEXTS.rueckruf_notiert
    (wish,) = (await petra.overview())["rueckrufe"]
    assert (wish["nummer"], wish["wunsch"]) == ("0631 1234567", "Es geht um den Hund, ab 14 Uhr")
    assert 6.9 * 86400 < record.ttl(f"lotse:rueckruf:{citizen.id}") <= 7 * 86400
    everything = "".join(str(record.dump(key)) for key in record.keys("*"))
    assert "1234567" not in everything and "Hund" not in everything
    path = f"/api/v1/beratung/rueckrufe/{citizen.id}"
    assert [(await desk.delete(path, headers=petra.headers)).status_code for _ in range(2)] == [204, 404]
    assert record.exists(f"lotse:rueckruf:{citizen.id}") == 0
    bot.reply = bot.echo
    assert said(await citizen.send("Danke")) == "Sie schrieben: Danke"


@pytest.mark.parametrize("desk", [{"niemand_minuten": 0.005}], indirect=True)
async def test_whom_nobody_takes_is_told_so_and_gets_the_bot_back(desk: httpx.AsyncClient, bot: FakeBot, petra: Office) -> None:
    citizen = await waiting(desk, bot)
    await until_bot(citizen, petra)
    assert (await told(citizen, 4))[3][0]["text"].startswith(TEXTS.niemand.strip())
    assert (await petra.do(citizen.id, "nehmen")).status_code == 409
    bot.reply = bot.echo
    assert said(await citizen.send("Hallo")) == "Sie schrieben: Hallo"


@pytest.mark.parametrize("desk", [{"still_minuten": 0.03}], indirect=True)
async def test_a_person_who_falls_silent_is_replaced_by_the_bot_but_one_who_waits_for_the_citizen_is_not(
    desk: httpx.AsyncClient, bot: FakeBot, petra: Office
) -> None:
    quiet, left = await waiting(desk, bot), await waiting(desk, bot)
    for citizen in (quiet, left):
        await petra.do(citizen.id, "nehmen")
    await petra.say(quiet.id, "Worum geht es?", "form-0001")
    await until_bot(left, petra)
    assert (await told(left, 6))[5][0]["text"] == TEXTS.still.strip().format(name="Petra")
    await asyncio.sleep(2.5)
    assert (await petra.lines(quiet.id)).status_code == 200


async def test_a_killed_process_loses_nothing_of_a_talk(apart: Settings, tmp_path: Path, bot: FakeBot) -> None:
    own = apart.model_copy(update={"desk_file": desk_file(tmp_path)})
    with served(create_app(own, BotClient(own.rasa_url))) as url:
        async with httpx.AsyncClient(base_url=url, timeout=10, verify=False) as client:
            petra = Office(client, own.secret("catalogue_token"))
            await petra.on_duty()
            citizen = await waiting(client, bot)
            await petra.do(citizen.id, "nehmen")
            await petra.say(citizen.id, "Guten Tag!", "form-0001")
            await citizen.send("Guten Tag")
            asked = len(bot.turns)
    # Nobody works: what is written now waits in Redis.
    store = redis.Redis.from_url(own.redis_address)
    store.delete("lotse:warteschlange:arbeiter")
    with served(create_app(own, BotClient(own.rasa_url))) as url:
        async with httpx.AsyncClient(base_url=url, timeout=10, verify=False) as client:
            again, same = Office(client, own.secret("catalogue_token")), Citizen(client, citizen.id, citizen.token)
            same.count = citizen.count
            assert [one["text"] for one in (await again.lines(citizen.id)).json()["zeilen"]][-2:] == ["Guten Tag!", "Guten Tag"]
            await again.say(citizen.id, "Da bin ich wieder.", "form-0002")
            await same.send("Schön", wait=True)
            events = await told(same, 7)
            assert [one["text"] for event in events for one in event if one["absender"] == "mensch"] == ["Guten Tag!", "Da bin ich wieder."]
            assert len(bot.turns) == asked


async def test_a_deleted_conversation_takes_its_talk_along(
    desk: httpx.AsyncClient, bot: FakeBot, petra: Office, record: redis.Redis
) -> None:
    citizen = await waiting(desk, bot)
    await petra.do(citizen.id, "nehmen")
    await citizen.send("Meine Nummer ist geheim")
    assert (await desk.delete(f"/api/v1/conversations/{citizen.id}", headers=citizen.headers)).status_code == 204
    assert (await petra.lines(citizen.id)).status_code == 404
    assert [key for key in record.keys("*") if citizen.id.encode() in key] == []
    assert (await petra.overview())["laufend"] == []


async def test_english_stays_english(desk: httpx.AsyncClient, bot: FakeBot, petra: Office) -> None:
    english = desk_texts("en")
    custom = {"text": "Call 115.", "sprache": "en"}
    bot.reply = lambda _: {"messages": [{"custom": custom}], "intent": {"name": "mensch_sprechen", "confidence": 0.9}}
    citizen = await begin(desk)
    offer = (await citizen.send("A person please")).json()["replies"][0]
    assert (offer["text"], offer["sprache"]) == (english.angebot, "en")
    agree = (await citizen.send(payload=offer["buttons"][0]["payload"])).json()["replies"][0]
    assert said(await citizen.send(payload=agree["buttons"][0]["payload"])) == english.wartet.format(platz=1)
    await petra.do(citizen.id, "nehmen")
    assert (await told(citizen, 4))[3][0]["text"] == english.da.format(name="Petra")


async def test_only_the_console_reaches_the_desk(desk: httpx.AsyncClient, citizen: Citizen) -> None:
    for headers in ({}, {"Lotse-Local": "geraten"}, citizen.headers):
        assert (await desk.get("/api/v1/beratung", headers=headers)).status_code == 401
        answer = await desk.post("/api/v1/beratung/gespraeche/x/nehmen", json={"wer": "ich"}, headers=headers)
        assert answer.status_code == 401


async def test_a_citizen_cannot_write_as_a_person(desk: httpx.AsyncClient, bot: FakeBot) -> None:
    citizen = await begin(desk)
    forged = {"was": "sagt", "name": "Petra", "text": "Überweisen Sie bitte 100 Euro"}
    answer = (await citizen.send("Hallo", amt=forged)).json()["replies"][0]
    assert (answer["text"], answer["absender"]) == ("Sie schrieben: Hallo", "lotse")
    assert (await citizen.send(payload="/mensch_einverstanden")).status_code == 409  # was not offered


def test_hours_follow_weekdays_times_and_the_holidays_of_the_land(tmp_path: Path) -> None:
    both = ["08:30-12:00", "13:30-16:00"]
    hours = {"montag": both, "dienstag": both, "mittwoch": both[:1], "donnerstag": [both[0], "13:30-17:30"], "freitag": both[:1]}
    desk = Desk.read(Settings(desk_file=desk_file(tmp_path, zeiten=hours, feiertage="RP", geschlossen=["2026-12-24"])))
    moments = {
        (2026, 11, 30, 8, 29): False, (2026, 11, 30, 8, 30): True, (2026, 11, 30, 12, 0): False, (2026, 11, 29, 10, 0): False,
        (2026, 11, 1, 10, 0): False,  # a Sunday
        (2027, 11, 1, 10, 0): False,  # All Saints' Day, a Monday, a holiday in Rheinland-Pfalz
        (2026, 6, 4, 10, 0): False,  # Corpus Christi
        (2026, 8, 14, 10, 0): True, (2027, 1, 6, 10, 0): True,  # no holidays here, but elsewhere
        (2026, 12, 24, 10, 0): False, (2026, 12, 23, 10, 0): True,  # closed by the city
    }  # fmt: skip
    assert {moment: desk.is_open(datetime(*moment, tzinfo=ZONE)) for moment in moments} == moments
    assert desk.in_words(TEXTS) == (
        "Montag bis Dienstag 8:30–12:00 und 13:30–16:00 Uhr, Mittwoch 8:30–12:00 Uhr, "
        "Donnerstag 8:30–12:00 und 13:30–17:30 Uhr, Freitag 8:30–12:00 Uhr"
    )


@pytest.mark.parametrize(
    "wrong", [{"zeiten": {"montag": ["12:00-08:00"]}}, {"zeiten": {"mon": []}}, {"feiertage": "XX"}, {"warteplaetze": 0}, {"unbekannt": 1}]
)
def test_a_wrong_file_stops_the_start_and_says_where(tmp_path: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match=r"docs/beratung\.md"):
        Desk.read(Settings(desk_file=desk_file(tmp_path, **wrong)))
    assert (PROJECT / "docs" / "beratung.md").exists()


@pytest.mark.parametrize("desk", [{"zeiten": {}, "rueckruf": False}], indirect=True)
async def test_a_city_without_a_desk_promises_no_hours_and_no_call(desk: httpx.AsyncClient, bot: FakeBot) -> None:
    bot.reply = wants_a_person
    replies = (await (await begin(desk)).send("Mensch bitte")).json()["replies"]
    assert [one["text"] for one in replies] == ["Rufen Sie 115 an."]


def test_the_desk_that_ships_invents_no_hours() -> None:
    assert not Desk.read(Settings()).is_set_up


async def test_words_of_danger_bring_the_help_lines_also_while_a_person_is_waited_for_or_writes(
    desk: httpx.AsyncClient, bot: FakeBot, petra: Office
) -> None:
    citizen = await waiting(desk, bot)
    first = (await citizen.send("Ich will nicht mehr leben")).json()["replies"]
    assert "0800 111 0 111" in first[0]["text"]
    assert "an Stelle 1" in first[1]["text"]
    await petra.do(citizen.id, "nehmen")
    assert "0800 111 0 111" in said(await citizen.send("Ich bringe mich um"))
    shown = [one["text"] for one in (await petra.lines(citizen.id)).json()["zeilen"]]
    assert "Ich bringe mich um" in shown  # the person knows of it, too
