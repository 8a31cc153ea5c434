"""What is too old is really deleted, what is preserved stays, and the page says what goes next."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from console.access.trail import Asked
from console.conversations.tables import gespraech, zug
from console.retention.job import DailyJob
from console.retention.kind import Kind
from console.retention.retention import Retention
from core.clock import ZONE, now
from core.errors import BadInput
from tests.console.house import House, both

pytestmark = pytest.mark.console
# Of each kind; and the form as the page fills it in.
NOTHING = dict.fromkeys(("gespraeche", "sitzungen", "versuche", "posteingang", "gruppen", "aufgaben", "kandidaten"), 0)
AS_IT_IS = dict.fromkeys(NOTHING, "90")


def conversation(house: House, name: str, last: datetime, keep: bool = False, turns: int = 2) -> str:
    """A conversation with its turns, as the consumer writes it."""
    with house.console.engine.begin() as connection:
        connection.execute(insert(gespraech).values(
            id=name, kanal="web", sprache="de", begonnen=last, zuletzt=last, zuege=turns, pruefung=False, behalten=keep,
        ))  # fmt: skip
        for number in range(turns):
            connection.execute(insert(zug).values(
                eintrag=f"{name}-{number}", gespraech=name, nachricht=str(number), zeit=last, text=f"Frage {number} von {name}",
                antworten=["Eine Antwort."], intent="frage_kosten", sicherheit=0.9, kandidaten={}, fallback=False, rueckfrage=False,
                ohne_auskunft=False, ms=20, modell="m1",
            ))  # fmt: skip
    return name


def kept(house: House) -> list[str]:
    with house.console.engine.connect() as connection:
        turns = {row[0] for row in connection.execute(select(zug.c.gespraech))}
        names = [row[0] for row in connection.execute(select(gespraech.c.id).order_by(gespraech.c.id))]
    assert turns == set(names)  # no turn without its conversation
    return names


@both
def test_what_is_older_than_its_days_is_deleted_with_all_that_belongs_to_it(house: House) -> None:
    for days in (1, 89, 91, 400):
        conversation(house, f"{days:03}", now() - timedelta(days=days))
    conversation(house, "behalten", now() - timedelta(days=400), keep=True)
    house.signed_in("anna")
    assert house.console.retention.run() == NOTHING | {"gespraeche": 2}
    assert kept(house) == ["001", "089", "behalten"]
    house.later = timedelta(days=100)
    assert house.console.retention.run() == NOTHING | {"gespraeche": 2, "sitzungen": 1, "versuche": 1}
    assert kept(house) == ["behalten"]
    deleted = [row.angaben["gespraeche"] for row in house.console.trail.rows(Asked(was="aufbewahrung_gelaufen"))]
    assert deleted == [2, 2]


@both
def test_many_are_deleted_in_parts(house: House) -> None:
    old = now() - timedelta(days=100)
    rows = [{"id": str(n), "kanal": "web", "begonnen": old, "zuletzt": old, "zuege": 0, "pruefung": False, "behalten": False}
            for n in range(1234)]  # fmt: skip
    with house.console.engine.begin() as connection:
        connection.execute(insert(gespraech), rows)
    assert house.console.retention.run()["gespraeche"] == 1234
    with house.console.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(gespraech)).scalar_one() == 0


def test_the_page_says_what_goes_next_and_when(house: House) -> None:
    house.later = datetime(2027, 1, 10, 12, tzinfo=ZONE) - now()
    conversation(house, "a", datetime(2026, 10, 20, 9, 30, tzinfo=ZONE))
    conversation(house, "b", datetime(2026, 10, 20, 23, 59, tzinfo=ZONE))
    conversation(house, "c", datetime(2026, 10, 21, 0, 1, tzinfo=ZONE))
    conversation(house, "d", datetime(2026, 1, 1, tzinfo=ZONE), keep=True)
    going = house.console.retention.preview()[0]
    assert (going.due, going.count, str(going.day)) == (0, 2, "2027-01-19")
    admin = house.signed_in("chefin", "admin")
    page = admin.get("/verwaltung/aufbewahrung").text
    assert "2 am 19.01.2027" in page
    assert "Das Älteste ist vom 20.10.2026, 09:30" in page
    house.later += timedelta(days=8, hours=11, minutes=58)
    assert house.console.retention.run()["gespraeche"] == 1  # a; the 90 days of b end in a minute
    house.later += timedelta(minutes=2)
    assert house.console.retention.run()["gespraeche"] == 1
    assert kept(house) == ["c", "d"]


@both
def test_an_admin_changes_the_days_within_their_bounds_and_the_trail_knows(house: House) -> None:
    admin = house.signed_in("chefin", "admin")
    for wrong in ("6", "731", "-1", "0", "viele", "", "9" * 50, "٣٠"):
        refused = admin.post("/verwaltung/aufbewahrung", **(AS_IT_IS | {"gespraeche": wrong}))
        assert refused.status_code == 400, wrong
    assert admin.post("/verwaltung/aufbewahrung", **(AS_IT_IS | {"gespraeche": "30", "sitzungen": "7"})).status_code == 303
    assert house.console.retention.days() == dict.fromkeys(NOTHING, 90) | {"gespraeche": 30, "sitzungen": 7}
    changed = [(row.wer, row.bezug, row.angaben) for row in house.console.trail.rows(Asked(was="frist_geaendert"))]
    assert changed == [("chefin", "gespraeche", {"vorher": 90, "tage": 30}), ("chefin", "sitzungen", {"vorher": 90, "tage": 7})]
    conversation(house, "alt", now() - timedelta(days=31))
    assert admin.post("/verwaltung/aufbewahrung/jetzt").status_code == 303
    assert kept(house) == []
    page = admin.get("/verwaltung/aufbewahrung?erledigt=lauf").text
    assert "Gespräche: 1" in page
    assert "Zuletzt gelaufen" in page
    with pytest.raises(BadInput):
        house.console.retention.set_days({"gespraeche": 1}, "chefin")


def broken(*_: Any) -> int:
    raise RuntimeError("Text einer Bürgerin")


def test_a_kind_that_fails_keeps_no_other_and_shows_without_its_words(house: House, caplog: pytest.LogCaptureFixture) -> None:
    conversation(house, "alt", now() - timedelta(days=100))
    fails = Kind("posten", "Posten", lambda c, m: 0, lambda c: None, broken)
    retention = Retention(house.console.engine, house.clock, [fails, *house.console.retention.kinds])
    assert retention.run() == NOTHING | {"gespraeche": 1}
    assert kept(house) == []
    assert retention.runs()[0].fehler == "RuntimeError"
    assert retention.is_due()  # it is tried again
    assert "Bürgerin" not in caplog.text


async def test_the_daily_job_runs_once_a_day_and_survives_a_database_that_is_away(house: House) -> None:
    times: list[str] = []

    class Counted(Retention):
        def is_due(self) -> bool:
            if len(times) < 2:
                times.append("weg")
                raise RuntimeError
            return super().is_due()

        def run(self) -> dict[str, int]:
            times.append("lauf")
            return super().run()

    retention = Counted(house.console.engine, house.clock, house.console.retention.kinds)
    job = DailyJob(retention, first=0, every=0.02)
    job.start()
    await asyncio.sleep(0.6)
    assert times == ["weg", "weg", "lauf"]
    house.later = timedelta(days=1)
    await asyncio.sleep(0.4)
    await job.stop()
    assert times == ["weg", "weg", "lauf", "lauf"]


def test_a_row_that_is_preserved_while_a_run_is_under_way_stays(house: House) -> None:
    conversation(house, "a", now() - timedelta(days=100))
    kind = house.console.retention.kinds[0]

    def preserve(connection: Connection) -> None:
        connection.execute(gespraech.update().values(behalten=True))

    with house.console.engine.begin() as connection:
        preserve(connection)
        assert kind.delete(connection, now()) == 0
    assert kept(house) == ["a"]
