"""A citizen sees what is stored of the conversation, and deletes it, from inside the chat; the real console stores it."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import redis
from citizen import Citizen, begin
from fake_bot import FakeBot
from serving import free_port, served
from sqlalchemy import insert

from connectors.gateway import record
from connectors.gateway.app import create_app
from connectors.gateway.bot import BotClient
from console.app import mount
from console.conversations.tables import gespraech, zug
from console.parts import Console
from core.clock import now
from core.ids import read_conversation_code
from core.settings import Settings
from core.vault import Vault

pytestmark = pytest.mark.console


@dataclass
class Web:
    """Chat and console in one application, as they are served."""

    console: Console
    citizen: Citizen
    code: str

    def keep(self, text: str) -> None:
        """A turn, as the console's reader writes it."""
        with self.console.engine.begin() as connection:
            connection.execute(insert(gespraech).values(
                id=self.citizen.id, kanal="web", begonnen=now(), zuletzt=now(), zuege=1, pruefung=False, behalten=True,
            ))  # fmt: skip
            connection.execute(insert(zug).values(
                eintrag=text, gespraech=self.citizen.id, nachricht="a", zeit=now(), text=text, antworten=["Gern."], kandidaten={},
                fallback=False, rueckfrage=False, ohne_auskunft=False,
            ))  # fmt: skip

    async def read(self, turns: int) -> None:
        """Returns when the console's reader has written so many turns."""
        async with asyncio.timeout(5):
            while len(self.console.stored.told(self.citizen.id).get("zug", [])) < turns:  # noqa: ASYNC110 – a database tells nobody
                await asyncio.sleep(0.05)


@pytest.fixture
async def web(apart: Settings) -> AsyncIterator[Web]:
    port = free_port()
    settings = apart.model_copy(update={"port": port, "pin_cost": "test"})
    app = create_app(settings, BotClient(settings.rasa_url, deadline=0.6, patience=1.0))
    console = mount(app, settings)
    with redis.Redis.from_url(settings.redis_address) as store, served(app, port) as url:
        store.flushdb()
        async with httpx.AsyncClient(base_url=url, timeout=10, verify=False) as client:
            citizen = await begin(client)
            made: Console = console.state.console
            yield Web(made, citizen, made.stored.code(citizen.id))
    with made.engine.begin() as connection:
        connection.execute(gespraech.delete())


def asks(tun: str) -> Any:
    """What the actions answer to a pressed button."""
    answer = {"version": 1, "text": "Gern.", "tun": tun}
    return lambda turn: {"messages": [{"custom": answer}], "intent": {"name": "bestaetigen", "confidence": 1.0}}


async def test_a_conversation_has_a_code_that_the_citizen_and_the_console_know(web: Web) -> None:
    told = (await web.citizen.http.post("/api/v1/conversations")).json()
    assert told["code"] == web.console.stored.code(told["id"])
    assert read_conversation_code(told["code"]) == told["code"]


async def test_what_is_stored_is_told_in_the_chat_and_as_json(web: Web, bot: FakeBot) -> None:
    bot.reply = asks("gespraech_zeigen")
    assert "noch nichts" in (await web.citizen.send("Was ist gespeichert?")).json()["replies"][1]["text"]
    bot.reply = bot.echo
    await web.citizen.send("Was kostet {ein} Pass?")
    await web.read(2)
    bot.reply = asks("gespraech_zeigen")
    shown = (await web.citizen.send("Was ist gespeichert?")).json()["replies"][1]
    assert "Was kostet {ein} Pass?“ Lotse: „Sie schrieben: Was kostet {ein} Pass?“" in shown["fakten"][1]["text"]
    data = (await web.citizen.http.get(f"/api/v1/conversations/{web.citizen.id}/data", headers=web.citizen.headers)).json()
    assert (data["code"], data["gespeichert"]["zug"][0]["antworten"]) == (web.code, ["[Antrag]", "[Antrag]"])
    refused = await web.citizen.http.get(f"/api/v1/conversations/{web.citizen.id}/data", headers={"Authorization": "Bearer erfunden"})
    assert refused.status_code == 401


async def test_a_console_that_is_away_is_told_and_nothing_is_lost(citizen: Citizen, bot: FakeBot, settings: Settings) -> None:
    bot.reply = asks("gespraech_zeigen")  # the session's gateway has no console beside it
    replies = (await citizen.send("Was ist gespeichert?")).json()["replies"]
    assert replies[0]["text"] == "Gern."
    assert "in einer Minute" in replies[1]["text"]
    assert (await citizen.http.get(f"/api/v1/conversations/{citizen.id}/data", headers=citizen.headers)).status_code == 503


async def test_deleting_from_inside_the_chat_leaves_nothing_but_the_answer_for_a_minute(
    citizen: Citizen, bot: FakeBot, store: redis.Redis, settings: Settings
) -> None:
    await citizen.send("Mein Geheimnis")
    store.set(f"lotse:tracker:{citizen.id}", "x")
    sealed = Vault(settings.secret("secret_key")).seal(json.dumps({"antrag": {"phase": "field", "id": "entwurf-7"}}).encode())
    store.set(f"lotse:tracker:{citizen.id}:slots", sealed)
    bot.reply = asks("gespraech_loeschen")
    answer = await citizen.send("Ja, alles löschen")
    assert (answer.status_code, answer.json()["replies"][0]["tun"]) == (200, "gespraech_loeschen")
    (left,) = [key for key in store.scan_iter("lotse:*") if citizen.id.encode() in key]
    assert left == f"lotse:gespraech:{citizen.id}:antworten".encode()
    assert 0 < store.ttl(left) <= 60
    ((_, told),) = store.xrange(record.STREAM)
    assert told == {b"geloescht": citizen.id.encode()}
    assert bot.deleted_drafts == ["entwurf-7"]
    assert (await citizen.send("Hallo")).status_code == 404


async def test_who_listens_hears_that_it_is_deleted(citizen: Citizen, bot: FakeBot) -> None:
    bot.reply, bot.seconds = asks("gespraech_loeschen"), 0.4  # time to begin to listen
    await citizen.send("Ja, alles löschen", wait=False)
    (heard,) = await citizen.events(1)
    assert json.loads(heard["data"])["replies"][0]["tun"] == "gespraech_loeschen"


async def test_a_catalogue_that_is_away_keeps_no_conversation(
    citizen: Citizen, bot: FakeBot, store: redis.Redis, settings: Settings
) -> None:
    await citizen.send("Hallo")
    sealed = Vault(settings.secret("secret_key")).seal(b'{"antrag": {"id": "entwurf-8"}}')
    store.set(f"lotse:tracker:{citizen.id}:slots", sealed)
    bot.ready = False
    assert (await citizen.http.delete(f"/api/v1/conversations/{citizen.id}", headers=citizen.headers)).status_code == 204
    assert [key for key in store.scan_iter("lotse:*") if citizen.id.encode() in key] == []


async def test_an_admin_deletes_a_conversation_that_still_runs(web: Web) -> None:
    web.keep("Frage")
    client = web.citizen.http
    web.console.accounts.add("chefin", "korrekt Pferd Batterie", "admin", "test")
    await client.post("/konsole/anmelden", data={"name": "chefin", "passwort": "korrekt Pferd Batterie"})
    who = web.console.sessions.person(client.cookies["lotse_konsole"])
    assert who
    form = {"csrf": who.csrf, "code": web.code, "nochmal": web.code.lower()}
    gone = await client.post("/konsole/verwaltung/auskunft/loeschen", data=form)
    assert "Das Gespräch ist gelöscht" in gone.text
    assert web.console.stored.told(web.citizen.id) == {}
    assert (await web.citizen.send("Noch da?")).status_code == 404
