"""What is stored of one conversation is told as a whole, and goes as a whole."""

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, insert, select

from console.access.trail import Asked
from console.conversations.tables import gespraech, zug
from console.retention.chat import Chat
from core.clock import now
from core.errors import Unavailable
from tests.console.house import House, Staff, both
from tests.console.retention.test_retention import conversation, kept

pytestmark = pytest.mark.console


def beside(house: House) -> Table:
    """A table of another part of the console that hangs on a turn, as the inbox does, and on a person."""
    own = MetaData()
    for one in (gespraech, zug):
        one.to_metadata(own)
    Table("konsole_person", own, Column("name", String(80), primary_key=True))
    made = Table(
        "konsole_anmerkung", own, Column("id", Integer, primary_key=True),
        Column("zug", ForeignKey("konsole_zug.id", ondelete="CASCADE")), Column("text", String(200)),
        Column("person", ForeignKey("konsole_person.name")), Column("erledigt_von", String(80)),
    )  # fmt: skip
    made.create(house.console.engine)
    return made


def without_chat(house: House, status: int = 204) -> list[httpx.Request]:
    """The chat's API in place of the real one, which tests/connectors/test_own_data.py has; what it was asked."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(status)

    chat = Chat(house.console.settings, httpx.MockTransport(answer))
    object.__setattr__(house.console, "chat", chat)
    return asked


@pytest.fixture
def admin(house: House) -> Staff:
    return house.signed_in("chefin", "admin")


@both
def test_all_that_hangs_on_a_conversation_is_told_and_deleted(house: House, admin: Staff) -> None:
    note = beside(house)
    conversation(house, "meins", now(), keep=True)
    conversation(house, "anderes", now())
    with house.console.engine.begin() as connection:
        for turn in connection.execute(select(zug.c.id, zug.c.gespraech)).all():
            told = f"Anmerkung zu {turn.gespraech}"
            connection.execute(insert(note).values(zug=turn.id, text=told, person="chefin", erledigt_von="chefin"))
    code = house.console.stored.code("meins")
    page = admin.post("/verwaltung/auskunft", code=code).text
    assert "Frage 1 von meins" in page
    assert "Anmerkung zu meins" in page
    assert "anderes" not in page
    content: dict[str, Any] = json.loads(admin.post("/verwaltung/auskunft/json", code=code).text)
    kinds = {kind: rows for kind, rows in content.items() if rows}
    assert (content["code"], list(kinds), len(content["zug"])) == (code, ["code", "gespraech", "zug", "anmerkung"], 2)
    assert content["anmerkung"][0].keys() == {"id", "zug", "text"}  # who of the staff wrote it is nobody else's
    asked = without_chat(house)
    gone = admin.post("/verwaltung/auskunft/loeschen", code=code, nochmal=f" {code.lower()} ")
    assert "Das Gespräch ist gelöscht" in gone.text
    assert [(one.method, one.url.path) for one in asked] == [("DELETE", "/api/v1/conversations/meins")]
    assert kept(house) == ["anderes"]
    with house.console.engine.connect() as connection:
        assert {row.text for row in connection.execute(select(note))} == {"Anmerkung zu anderes"}
    assert admin.post("/verwaltung/auskunft", code=code).status_code == 404
    with house.console.engine.begin() as connection:
        note.drop(connection)


def test_the_trail_knows_that_it_was_told_and_deleted_and_nothing_of_what(house: House, admin: Staff) -> None:
    conversation(house, "meins", now())
    code = house.console.stored.code("meins")
    without_chat(house)
    admin.post("/verwaltung/auskunft", code=code)
    admin.post("/verwaltung/auskunft/json", code=code)
    admin.post("/verwaltung/auskunft/loeschen", code=code, nochmal=code)
    rows = list(house.console.trail.rows(Asked(wer="chefin")))
    assert [row.was for row in rows] == ["angemeldet", "auskunft_angezeigt", "auskunft_ausgegeben", "gespraech_geloescht"]
    assert len({row.bezug for row in rows[1:]}) == 1
    assert not any(told in str(rows) for told in ("meins", code, "Frage"))


def test_nothing_is_deleted_without_the_code_typed_again_or_by_halves(house: House, admin: Staff) -> None:
    conversation(house, "meins", now())
    code = house.console.stored.code("meins")
    asked = without_chat(house, 503)
    for wrong in ("", "ja", "GE-4RP6-FJ43-H"):
        answer = admin.post("/verwaltung/auskunft/loeschen", code=code, nochmal=wrong)
        assert (answer.status_code, "nichts gelöscht" in answer.text) == (400, True)
    assert asked == []
    answer = admin.post("/verwaltung/auskunft/loeschen", code=code, nochmal=code)
    assert (answer.status_code, "noch nichts gelöscht" in answer.text) == (503, True)
    assert kept(house) == ["meins"]


def test_a_chat_that_is_away_or_slow_is_told() -> None:
    from core.settings import Settings

    def slow(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow", request=request)

    for transport in (httpx.MockTransport(slow), None):  # None: the real network, where nobody listens
        with pytest.raises(Unavailable):
            Chat(Settings(port=1), transport).delete("x")


def test_a_code_is_found_among_many(house: House) -> None:
    old = now() - timedelta(days=1)
    rows = [{"id": f"c{n}", "kanal": "web", "begonnen": old, "zuletzt": old, "zuege": 0, "pruefung": False, "behalten": False}
            for n in range(20_000)]  # fmt: skip
    with house.console.engine.begin() as connection:
        connection.execute(insert(gespraech), rows)
    begun = now()
    assert house.console.stored.find(house.console.stored.code("c12345")) == "c12345"
    assert now() - begun < timedelta(seconds=3)
