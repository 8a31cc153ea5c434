"""The lock of a conversation in a real Redis. Two stores stand for two processes of Rasa."""

import asyncio
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import redis

from cli.processes import embedded_redis
from core.settings import PROJECT, Settings

pytestmark = pytest.mark.slow  # imports Rasa

KEY = "lotse:lock:{}"
PAIRS = 200


@pytest.fixture
def stores(inside: redis.Redis):  # type: ignore[no-untyped-def]
    from bot.lock_store import RedisLockStore

    return RedisLockStore(), RedisLockStore()


class Room:
    """A conversation that notes who is in it, and how many at once."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self.tickets: list[str] = []

    async def turn(self, store: Any, conversation: str, seconds: float = 0.0, **arguments: float) -> float:
        """One turn under the lock; when it began."""
        async with store.lock(conversation, **arguments) as ticket:
            begun = time.perf_counter()
            self.now += 1
            self.most = max(self.most, self.now)
            self.tickets.append(ticket)
            await asyncio.sleep(seconds)
            self.now -= 1
        return begun


async def until_waiting(inside: redis.Redis, conversation: str, count: int) -> None:
    """Returns when this many tickets, the holder's too, stand in the list."""
    deadline = time.monotonic() + 10
    while inside.llen(KEY.format(conversation)) < count:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.005)


async def test_pairs_in_different_conversations_exclude_each_other_and_nobody_else(stores, inside: redis.Redis) -> None:  # type: ignore[no-untyped-def]
    rooms = [Room() for _ in range(PAIRS)]
    await asyncio.gather(*(room.turn(store, str(number), 0.01) for number, room in enumerate(rooms) for store in stores))
    assert [room.most for room in rooms] == [1] * PAIRS
    assert len({ticket for room in rooms for ticket in room.tickets}) == 2 * PAIRS
    assert inside.keys() == []


async def test_pairs_in_one_conversation_go_one_by_one_in_the_order_of_their_tickets(stores, inside: redis.Redis) -> None:  # type: ignore[no-untyped-def]
    room = Room()
    async with stores[0].lock("eins"):
        turns = asyncio.gather(*(room.turn(store, "eins") for _ in range(PAIRS) for store in stores))
        await until_waiting(inside, "eins", 2 * PAIRS + 1)
        waiting = [ticket.decode() for ticket in inside.lrange(KEY.format("eins"), 1, -1)]
        assert room.tickets == []
    await turns
    assert room.most == 1
    assert room.tickets == waiting
    assert len(set(waiting)) == 2 * PAIRS
    assert inside.keys() == []


async def test_who_comes_first_is_served_first(stores, inside: redis.Redis) -> None:  # type: ignore[no-untyped-def]
    room = Room()
    async with stores[0].lock("eins"):
        turns = []
        for number in range(20):
            turns.append(asyncio.create_task(room.turn(stores[number % 2], "eins")))
            await until_waiting(inside, "eins", number + 2)
    begun = await asyncio.gather(*turns)
    assert begun == sorted(begun)


async def test_the_next_one_begins_within_50_ms(stores, inside: redis.Redis) -> None:  # type: ignore[no-untyped-def]
    room, delays = Room(), []
    for _ in range(100):
        async with stores[0].lock("eins"):
            waiting = asyncio.create_task(room.turn(stores[1], "eins"))
            await until_waiting(inside, "eins", 2)
            await asyncio.sleep(0.01)  # until it waits for the push
            ended = time.perf_counter()
        delays.append(await waiting - ended)
    print(f"wake-up: median {median(delays) * 1000:.1f} ms, longest {max(delays) * 1000:.1f} ms")
    assert median(delays) < 0.05


async def test_who_waits_does_not_keep_redis_busy(stores, inside: redis.Redis) -> None:  # type: ignore[no-untyped-def]
    async with stores[0].lock("eins"):
        waiting = [asyncio.create_task(Room().turn(stores[1], "eins")) for _ in range(10)]
        await until_waiting(inside, "eins", 11)
        before = inside.info("stats")["total_commands_processed"]
        await asyncio.sleep(2)
        commands = inside.info("stats")["total_commands_processed"] - before
    await asyncio.gather(*waiting)
    # Each looks twice a second: one BLPOP and one script with about four commands.
    assert commands < 10 * 2 * 2 * 7


async def test_a_crashed_holder_is_gone_within_the_lifetime(stores, inside: redis.Redis) -> None:  # type: ignore[no-untyped-def]
    lifetime = 3.0
    await stores[0]._join(KEY.format("eins"), "crashed", 2000)  # what lock() does with this lifetime
    begun = time.perf_counter()
    assert 1.5 < await Room().turn(stores[1], "eins", lock_lifetime=lifetime) - begun < lifetime
    assert inside.keys() == []


async def test_a_crashed_one_that_waited_is_passed_over(stores, inside: redis.Redis) -> None:  # type: ignore[no-untyped-def]
    async with stores[0].lock("eins"):
        await stores[0]._join(KEY.format("eins"), "crashed", 500)
        waiting = asyncio.create_task(Room().turn(stores[1], "eins"))
        await asyncio.sleep(0.6)
        ended = time.perf_counter()
    assert await waiting - ended < 0.05
    assert inside.keys() == []


async def test_neither_a_long_turn_nor_a_long_wait_is_overtaken(stores, inside: redis.Redis) -> None:  # type: ignore[no-untyped-def]
    room = Room()
    long = asyncio.create_task(room.turn(stores[0], "eins", seconds=2.5, lock_lifetime=1.5))  # its ticket lives 1 s
    await until_waiting(inside, "eins", 1)
    waiting = asyncio.create_task(room.turn(stores[1], "eins", lock_lifetime=4.5))
    await until_waiting(inside, "eins", 2)
    last = asyncio.create_task(room.turn(stores[0], "eins", lock_lifetime=4.5))
    begun = await asyncio.gather(long, waiting, last)
    assert room.most == 1
    assert begun == sorted(begun)
    assert begun[1] - begun[0] >= 2.5


async def test_who_waits_in_vain_is_told_and_leaves_nothing(stores, inside: redis.Redis) -> None:  # type: ignore[no-untyped-def]
    from rasa.core.lock_store import LockError

    async with stores[0].lock("eins") as held:
        begun = time.perf_counter()
        with pytest.raises(LockError):
            await Room().turn(stores[1], "eins", lock_lifetime=1)
        assert 0.9 < time.perf_counter() - begun < 1.5
        assert inside.lrange(KEY.format("eins"), 0, -1) == [held.encode()]
    assert inside.keys() == []


async def test_only_the_owner_of_a_ticket_gives_it_back(stores, inside: redis.Redis) -> None:  # type: ignore[no-untyped-def]
    async with stores[0].lock("eins") as held:
        for ticket in ("foreign", "", held[:-1]):
            assert not await stores[1]._leave(KEY.format("eins"), ticket, 1000)
        assert inside.lrange(KEY.format("eins"), 0, -1) == [held.encode()]
        assert inside.exists(KEY.format(f"eins:{held}"))
    assert not await stores[0]._leave(KEY.format("eins"), held, 1000)


@pytest.mark.parametrize("error", [ValueError, asyncio.CancelledError])
async def test_a_turn_that_fails_frees_the_conversation(stores, inside: redis.Redis, error: type[BaseException]) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(error):
        async with stores[0].lock("eins"):
            raise error
    assert inside.keys() == []


async def test_no_sign_of_life_outlives_its_turn(stores, inside: redis.Redis) -> None:  # type: ignore[no-untyped-def]
    """Turns that end while a sign of life is on its way: a task that is cancelled just then would have run for ever."""
    rooms = [Room() for _ in range(100)]
    turns = (room.turn(stores[0], str(number), 0.2, lock_lifetime=1.0) for number, room in enumerate(rooms))
    await asyncio.gather(*turns)
    await asyncio.sleep(0.5)
    assert [task for task in asyncio.all_tasks() if "_keep" in repr(task)] == []


async def test_every_key_expires(stores, inside: redis.Redis) -> None:  # type: ignore[no-untyped-def]
    async with stores[0].lock("eins"):
        waiting = [asyncio.create_task(Room().turn(stores[1], "eins", seconds=0.2)) for _ in range(2)]
        await until_waiting(inside, "eins", 3)
        keys = inside.keys()
        assert len(keys) == 4  # the list and three tickets
        assert all(0 < inside.ttl(key) <= 10 for key in keys)
    # A push that its owner does not fetch any more.
    await stores[0]._join(KEY.format("zwei"), "one", 5000)
    await stores[0]._join(KEY.format("zwei"), "two", 5000)
    await stores[0]._leave(KEY.format("zwei"), "one", 5000)
    assert 0 < inside.ttl(KEY.format("zwei:wake:two")) <= 5
    await asyncio.gather(*waiting)
    assert inside.keys("lotse:lock:eins*") == []


@pytest.mark.parametrize("address", ["unix:///nirgends/redis.sock", "redis://127.0.0.1:9/0"])
async def test_an_unreachable_redis_is_an_error_within_seconds(  # type: ignore[no-untyped-def]
    inside: redis.Redis, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rasa.core.lock_store import LockError

    from bot.lock_store import RedisLockStore

    monkeypatch.setenv("LOTSE_REDIS_URL", address)
    begun = time.monotonic()
    with pytest.raises(LockError):
        await Room().turn(RedisLockStore(), "eins")
    assert time.monotonic() - begun < 5


async def test_an_error_of_the_turn_stays_what_it_is(stores) -> None:  # type: ignore[no-untyped-def]
    """An error of Redis in the turn, say of the tracker store, is none of the lock."""
    with pytest.raises(redis.ConnectionError):
        async with stores[0].lock("eins"):
            raise redis.ConnectionError


@contextmanager
def running(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """A Redis of its own for a test that ends it."""
    process = embedded_redis(settings)
    with subprocess.Popen(process.command, stdout=subprocess.DEVNULL) as server:
        while not process.is_ready():
            assert server.poll() is None
            time.sleep(0.01)
        yield server
        server.kill()


@pytest.mark.parametrize("kept", [True, False])
async def test_a_redis_that_starts_again_leaves_nobody_hanging(kept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kept: everybody gets through, in order. Lost: those who wait are told."""
    from rasa.core.lock_store import LockError

    from bot.lock_store import RedisLockStore

    settings = Settings(home=tmp_path, redis_url=None)
    monkeypatch.setenv("LOTSE_REDIS_URL", settings.redis_address)
    store, room = RedisLockStore(), Room()
    with running(settings) as server, redis.from_url(settings.redis_address) as look:
        holder = asyncio.create_task(room.turn(store, "eins", seconds=2))
        await until_waiting(look, "eins", 1)
        waiting = [asyncio.create_task(room.turn(store, "eins")) for _ in range(20)]
        await until_waiting(look, "eins", 21)
        if kept:
            await asyncio.sleep(1.2)  # the append-only file is written each second
        server.kill()
        server.wait()
        if not kept:
            for file in (tmp_path / "redis").glob("*"):
                file.unlink()
        begun = time.monotonic()
        with running(settings):
            results = await asyncio.gather(holder, *waiting, return_exceptions=True)
            assert time.monotonic() - begun < 15
            failed = [result for result in results if not isinstance(result, float)]
            assert [type(error) for error in failed] == ([] if kept else [LockError] * 20)
            assert room.most == 1
            await room.turn(store, "eins")
            assert look.keys() == []


async def test_a_redis_that_stays_away_is_told_to_those_who_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rasa.core.lock_store import LockError

    from bot.lock_store import RedisLockStore

    settings = Settings(home=tmp_path, redis_url=None)
    monkeypatch.setenv("LOTSE_REDIS_URL", settings.redis_address)
    store, room = RedisLockStore(), Room()
    with running(settings) as server, redis.from_url(settings.redis_address) as look:
        turns = [asyncio.create_task(room.turn(store, "eins", seconds=1)) for _ in range(20)]
        await until_waiting(look, "eins", 20)
        await asyncio.sleep(0.2)  # until the first one is in and the others wait for the push
        server.kill()
        begun = time.monotonic()
        results = await asyncio.gather(*turns, return_exceptions=True)
    assert time.monotonic() - begun < 15
    assert [type(error) for error in results] == [LockError] * 20  # the first one cannot give the lock back
    assert room.most == len(room.tickets) == 1


async def test_rasa_takes_it_from_the_endpoints(inside: redis.Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    from rasa.core.lock_store import LockStore
    from rasa.utils.endpoints import read_endpoint_config

    from bot.lock_store import RedisLockStore

    monkeypatch.setenv("LOTSE_ACTIONS_WEBHOOK", "http://127.0.0.1:9/webhook")  # stands in the same file
    made = LockStore.create(read_endpoint_config(str(PROJECT / "endpoints.yml"), "lock_store"))
    assert type(made) is RedisLockStore
    await Room().turn(made, "eins")


def test_stock_gives_one_ticket_to_two(inside: redis.Redis, redis_url: str) -> None:
    """Why there is a store of our own. The day this fails, Rasa has mended its store."""
    from rasa.core.lock_store import RedisLockStore

    same = 0
    for number in range(50):
        together, tickets = threading.Barrier(2), []

        def come(conversation: str, together: threading.Barrier = together, tickets: list[int] = tickets) -> None:
            stock = RedisLockStore()
            stock.red = redis.from_url(redis_url)  # it knows no Unix socket
            stock.red.ping()
            together.wait()
            tickets.append(stock.issue_ticket(conversation))

        pair = [threading.Thread(target=come, args=(str(number),)) for _ in range(2)]
        for one in pair:
            one.start()
        for one in pair:
            one.join()
        same += len(set(tickets)) == 1
    print(f"stock: {same} of 50 pairs got the same ticket")
    assert same > 0
    assert {inside.ttl(key) for key in inside.keys("lock:*")} == {-1}  # and its keys never expire
