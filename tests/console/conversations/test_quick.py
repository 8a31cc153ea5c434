"""The list, its filters and the search stay quick among many messages; a million are measured by ./lotse bench console."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Connection

from bench.console import LIMITS, measured
from bench.filling import fill
from console.conversations.filter import Filter
from console.conversations.listing import Listing
from console.conversations.tables import gespraech, metadata
from core.database import engine_for
from core.settings import Settings

pytestmark = pytest.mark.console
# A quarter of what the bench generates, in which that takes half a minute. The time that is allowed is the whole, because a test runs
# beside others: it finds what reads a whole table, the bench finds the rest.
MESSAGES = 50_000


@pytest.mark.slow
def test_list_filter_and_search_are_quick_and_read_no_whole_table(tmp_path: Path) -> None:
    engine = engine_for(Settings(home=tmp_path), "konsole")
    metadata.create_all(engine)
    fill(engine, MESSAGES)
    listing = Listing(engine)
    assert listing.count(Filter()) == 1001  # counted no further
    assert listing.count(Filter.read({"q": "personalausweis"})) > 10
    found = measured(engine)
    print(found)
    assert found["p95_ms"] <= LIMITS["p95_ms"], found
    with engine.connect() as connection:
        for given in ({}, {"intent": "frage_kosten"}, {"leistung": "personalausweis"}, {"q": "ausweis"}, {"daumen": "runter"}):
            plan = _plan(connection, Filter.read(given))
            whole = [line for line in plan.splitlines() if line.startswith("SCAN konsole_zug") and "INDEX" not in line]
            assert whole == [], (given, plan)
        assert "USING INDEX konsole_gespraech_liste" in _plan(connection, Filter())


def _plan(connection: Connection, asked: Filter) -> str:
    """How SQLite goes about the first page."""
    wanted = select(gespraech).where(*asked.conditions(connection)).order_by(gespraech.c.begonnen.desc(), gespraech.c.id.desc()).limit(51)
    compiled = wanted.compile(connection, compile_kwargs={"literal_binds": True})
    return "\n".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}"))
