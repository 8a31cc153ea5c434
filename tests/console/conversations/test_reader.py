"""From the event stream into SQL, exactly once, whatever is away meanwhile."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from sqlalchemy import func, select, text
from sqlalchemy.engine import Engine

from console.conversations.reader import GROUP, Reader
from console.conversations.store import STREAM, Overtaken, Store
from console.conversations.tables import gespraech, kommentar, metadata, schlagwort, zug
from core.database import engine_for
from core.settings import Settings
from tests.redis_server import RedisServer

pytestmark = pytest.mark.console


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    made = engine_for(Settings(home=tmp_path, database_url=url), "konsole")
    metadata.create_all(made)
    yield made
    metadata.drop_all(made)
    made.dispose()


@pytest.fixture
def stream(redis_server: RedisServer) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(redis_server.url) as opened:
        opened.flushall()
        yield opened


@pytest.fixture
async def reader(engine: Engine, stream: redis.Redis, redis_server: RedisServer) -> AsyncIterator[Reader]:
    made = Reader(Store(engine), Settings(redis_url=redis_server.url))
    made.start()
    yield made
    await made.stop()


def said(stream: redis.Redis, conversation: str, message: str, **more: Any) -> str:
    """Puts a turn into the stream, as the gateway does; its place."""
    told = {"gespraech": conversation, "nachricht": message, "zeit": 1_790_000_000_000, "text": "Was kostet ein Pass?",
            "antworten": ["37 €"], "intent": {"name": "frage_kosten", "confidence": 0.9}, "sprache": "de", "ms": 40} | more  # fmt: skip
    return str(stream.xadd(STREAM, {"zug": json.dumps(told)}))


def rated(stream: redis.Redis, **told: Any) -> None:
    stream.xadd(STREAM, {"bewertung": json.dumps(told)})


async def until(true: Callable[[], bool], seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not await asyncio.to_thread(true):  # noqa: ASYNC110 – rows of a database tell nobody that they are there
            await asyncio.sleep(0.02)


def rows(engine: Engine, *columns: Any) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(columns[0]))]


def acknowledged(stream: redis.Redis) -> bytes:
    return bytes(stream.xinfo_groups(STREAM)[0]["last-delivered-id"])


async def test_turns_become_a_conversation_and_the_group_follows(engine: Engine, stream: redis.Redis, reader: Reader) -> None:
    said(stream, "g", "1")
    said(stream, "g", "2", text="Blubb", intent={"name": "lob", "confidence": 0.2}, fallback=True, pruefung=True, zeit=1_790_000_060_000,
         kandidaten={"absichten": [["lob", 0.2]], "leistungen": [["pass", 0.5]]}, modell="abc", sekunden={"nlu": 0.01})  # fmt: skip
    said(stream, "g", "3", antworten=None, intent=None, zeit=1_790_000_120_000)
    await until(lambda: reader.state.written == 3)
    await until(lambda: acknowledged(stream) == stream.xinfo_stream(STREAM)["last-generated-id"])
    (one,) = rows(engine, *gespraech.c)
    found = dict(zip(gespraech.c.keys(), one, strict=True))
    assert (found["zuege"], found["sicherheit"], found["fallback"], found["rueckfrage"]) == (3, 0.2, True, False)
    assert (found["kanal"], found["pruefung"], found["erste"]) == ("web", False, "Was kostet ein Pass?")
    assert (found["zuletzt"] - found["begonnen"]).total_seconds() == 120
    turns = rows(engine, zug.c.nachricht, zug.c.kandidaten, zug.c.modell, zug.c.ausgefallen, zug.c.sekunden)
    assert turns[1] == ("2", {"absichten": [["lob", 0.2]], "leistungen": [["pass", 0.5]]}, "abc", False, {"nlu": 0.01})
    assert turns[2][3] is True
    assert reader.state.behind == 0


async def test_entries_of_an_older_gateway_and_broken_ones_hold_nothing_up(engine: Engine, stream: redis.Redis, reader: Reader) -> None:
    stream.xadd(STREAM, {"zug": json.dumps({"gespraech": "g", "nachricht": "1", "zeit": 1, "text": "Alt", "knopf": None})})
    for broken in ({"zug": "{"}, {"zug": '{"gespraech": "x"}'}, {"zug": json.dumps({"gespraech": "y" * 65})}, {"neu": "1"},
                   {"bewertung": '{"gespraech": "g", "nachricht": "1", "daumen": 7}'}, {"bewertung": "[]"}):  # fmt: skip
        stream.xadd(STREAM, broken)
    said(stream, "h", "1", text="a\x00b")
    await until(lambda: len(rows(engine, gespraech.c.id)) == 2)
    assert rows(engine, zug.c.gespraech, zug.c.text) == [("g", "Alt"), ("h", "ab")]
    await until(lambda: reader.state.unknown == 6)


async def test_the_last_rating_counts(engine: Engine, stream: redis.Redis, reader: Reader) -> None:
    said(stream, "g", "1")
    said(stream, "g", "2")
    rated(stream, gespraech="g", nachricht="1", daumen=-1, grund="falsch")
    rated(stream, gespraech="g", nachricht="2", daumen=1)
    rated(stream, gespraech="g", geloest=False)
    rated(stream, gespraech="nie gesehen", nachricht="1", daumen=1)
    await until(lambda: rows(engine, gespraech.c.daumen, gespraech.c.geloest) == [(-1, False)])
    rated(stream, gespraech="g", nachricht="1", daumen=1, grund=None)
    rated(stream, gespraech="g", geloest=True)
    await until(lambda: rows(engine, gespraech.c.daumen, gespraech.c.geloest) == [(1, True)])
    assert rows(engine, zug.c.nachricht, zug.c.daumen, zug.c.grund) == [("1", 1, None), ("2", 1, None)]


async def test_a_deleted_conversation_takes_all_that_hangs_on_it_along(engine: Engine, stream: redis.Redis, reader: Reader) -> None:
    said(stream, "weg", "1")
    said(stream, "bleibt", "1")
    await until(lambda: len(rows(engine, zug.c.id)) == 2)
    with engine.begin() as connection:
        (first,) = connection.execute(select(zug.c.id).where(zug.c.gespraech == "weg")).scalars()
        connection.execute(schlagwort.insert().values(gespraech="weg", name="gebühr", von="anna"))
        connection.execute(kommentar.insert().values(gespraech="weg", zug=first, wer="anna", wann=func.now(), text="Hm"))
    stream.xadd(STREAM, {"geloescht": "weg"})
    await until(lambda: rows(engine, gespraech.c.id) == [("bleibt",)])
    assert rows(engine, zug.c.gespraech) == [("bleibt",)]
    assert rows(engine, schlagwort.c.name) == rows(engine, kommentar.c.id) == []


async def test_a_crash_between_writing_and_acknowledging_writes_nothing_twice(
    engine: Engine, stream: redis.Redis, redis_server: RedisServer
) -> None:
    store = Store(engine)
    said(stream, "g", "1")
    said(stream, "weg", "1")
    stream.xadd(STREAM, {"geloescht": "weg"})
    place, _ = store.write(store.place(), stream.xrange(STREAM))
    # … and here the process dies: Redis was told nothing. The next one begins at the place that stands in SQL.
    again = Reader(Store(engine), Settings(redis_url=redis_server.url))
    again.start()
    said(stream, "g", "2")
    await until(lambda: again.state.written == 1)
    await again.stop()
    assert rows(engine, zug.c.nachricht) == [("1",), ("2",)]  # „weg“ did not come back
    with pytest.raises(Overtaken):  # a reader that was held up for long and knows of nothing
        store.write(place, stream.xrange(STREAM))
    assert len(rows(engine, zug.c.id)) == 2


async def test_two_readers_at_once_write_each_turn_once(engine: Engine, stream: redis.Redis, redis_server: RedisServer) -> None:
    readers = [Reader(Store(engine), Settings(redis_url=redis_server.url)) for _ in range(2)]
    for one in readers:
        one.start()
    for number in range(300):
        said(stream, f"g{number % 7}", str(number))
    await until(lambda: len(rows(engine, zug.c.id)) >= 300)
    await asyncio.sleep(0.1)
    for one in readers:
        await one.stop()
    assert len(rows(engine, zug.c.id)) == 300
    assert sum(count for (count,) in rows(engine, gespraech.c.zuege)) == 300


async def test_nothing_is_written_while_the_database_is_away_and_nothing_is_lost(
    engine: Engine, stream: redis.Redis, reader: Reader
) -> None:
    said(stream, "g", "1")
    await until(lambda: reader.state.written == 1)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE konsole_zug RENAME TO fort"))
    for number in range(2, 5):
        said(stream, "g", str(number))
    await until(lambda: reader.state.failing == "datenbank")
    before = acknowledged(stream)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE fort RENAME TO konsole_zug"))
    await until(lambda: len(rows(engine, zug.c.id)) == 4)
    await until(lambda: reader.state.failing is None)
    assert acknowledged(stream) > before
    assert rows(engine, gespraech.c.zuege) == [(4,)]


async def test_a_redis_that_restarts_goes_on_where_it_was(
    engine: Engine, stream: redis.Redis, reader: Reader, redis_server: RedisServer
) -> None:
    said(stream, "g", "1")
    await until(lambda: reader.state.written == 1)
    redis_server.kill()
    await until(lambda: reader.state.failing == "redis")
    redis_server.start()
    said(stream, "g", "2")
    await until(lambda: len(rows(engine, zug.c.id)) == 2)


async def test_a_redis_that_has_lost_everything_is_read_from_its_start(engine: Engine, stream: redis.Redis, reader: Reader) -> None:
    said(stream, "g", "1")
    await until(lambda: reader.state.written == 1)
    stream.flushall()
    told = {"gespraech": "g", "nachricht": "2", "zeit": 1, "text": "Danach", "antworten": []}
    stream.xadd(STREAM, {"zug": json.dumps(told)}, id="1-1")  # and its clock goes wrong
    await until(lambda: len(rows(engine, zug.c.id)) == 2)
    assert [group["name"] for group in stream.xinfo_groups(STREAM)] == [GROUP.encode()]


def test_without_redis_the_reader_waits(tmp_path: Path) -> None:
    engine = engine_for(Settings(home=tmp_path), "konsole")
    metadata.create_all(engine)

    async def run() -> str | None:
        reader = Reader(Store(engine), Settings(home=tmp_path))
        reader.start()
        await asyncio.sleep(0.2)
        await reader.stop()
        return reader.state.failing

    assert asyncio.run(run()) == "redis"
