"""Figures of a load, the search for the highest rate, and the generator against a server that takes its time."""

import asyncio
import json
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bench.arrivals import Arrival
from bench.drive import Figures, figures, highest
from bench.generator import TARGETS, drive

SLOW_SECONDS = 0.4


def test_percentiles_are_of_the_answered_ones_and_errors_are_counted_beside_them() -> None:
    seen = figures(12, [float(one) for one in range(1, 102)], [0.0, 2.0], ["HTTP 503", "leer", "HTTP 503"])
    assert (seen.p50_ms, seen.p95_ms, seen.p99_ms) == (51, 96, 100)
    assert seen.nachrichten == 104
    assert seen.fehler == {"HTTP 503": 2, "leer": 1}
    assert not seen.within(1000)
    assert figures(12, [100.0], [0.0], []).within(100)
    assert not figures(12, [100.0], [0.0], []).within(99)


def test_where_nothing_was_answered_there_is_no_number_and_json_has_none() -> None:
    seen = figures(12, [], [0.0], ["leer"])
    assert math.isnan(seen.p95_ms)
    assert not seen.within(1000)
    assert json.loads(json.dumps(seen.as_dict(), allow_nan=False))["p95_ms"] is None


@pytest.mark.parametrize(
    ("carried", "found", "tried"),
    [
        (17, 16, [12, 14, 16, 18]),
        (12, 12, [12, 14]),
        (7, 6, [12, 10, 8, 6]),
        (1, 0, [12, 10, 8, 6, 4, 2]),
        (99, 20, [12, 14, 16, 18, 20]),
    ],
)
def test_the_highest_rate_is_looked_for_upwards_and_downwards(carried: float, found: float, tried: list[float]) -> None:
    def measure(rate: float) -> Figures:
        return figures(rate, [100.0 if rate <= carried else 900.0], [0.0], [])

    rate, steps = highest(measure, 12, 2, 500, 20)
    assert rate == found
    assert [step.rate for step in steps] == tried


def test_one_error_ends_the_search() -> None:
    rate, _ = highest(lambda rate: figures(rate, [1.0], [0.0], ["HTTP 503"] if rate > 14 else []), 12, 2, 500, 20)
    assert rate == 14


@asynccontextmanager
async def answering(status: str, body: str) -> AsyncIterator[str]:
    """A server that answers every request after a while; gives its address."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
        await reader.readexactly(length)
        await asyncio.sleep(SLOW_SECONDS)
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode())
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_a_slow_answer_does_not_hold_up_the_next_message() -> None:
    arrivals = [Arrival(number * 0.01, 0, "Hallo") for number in range(20)]
    async with answering("200 OK", '[{"text": "Guten Tag"}]') as url:
        begun = time.perf_counter()
        seen = await drive(TARGETS["stock"], url, arrivals)
        took = time.perf_counter() - begun
    assert seen["errors"] == []
    assert len(seen["ms"]) == 20
    assert all(ms >= SLOW_SECONDS * 1000 for ms in seen["ms"])
    assert took < 10 * SLOW_SECONDS  # one after the other: twenty times


@pytest.mark.parametrize(("status", "body", "error"), [("200 OK", "[]", "leer"), ("503 Service Unavailable", "{}", "HTTP 503")])
async def test_silence_is_an_error_too(status: str, body: str, error: str) -> None:
    async with answering(status, body) as url:
        assert (await drive(TARGETS["stock"], url, [Arrival(0, 0, "Hallo")]))["errors"] == [error]


async def test_nobody_there_is_an_error() -> None:
    assert (await drive(TARGETS["stock"], "http://127.0.0.1:9", [Arrival(0, 0, "Hallo")]))["errors"] == ["ConnectError"]
