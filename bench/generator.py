"""Sends each message at its time, whatever has been answered by then: ``python -m bench.generator TARGET URL``.

The plan comes on stdin as JSON, [[at, conversation, text], …]; one JSON object goes to stdout. A process of its own, so that
what is measured and what measures do not share an event loop.
"""

import asyncio
import json
import sys
import time
import uuid
from collections.abc import Awaitable, Callable

import httpx

from bench.arrivals import Arrival

# Beyond what the gateway waits itself (60 s).
TIMEOUT = 70.0
# After the conversations have begun, before the first message.
LEAD = 0.5
# What was wrong with the answer; nothing for a good one.
Say = Callable[[str], Awaitable[str]]


async def lotse(http: httpx.AsyncClient) -> Say:
    """A conversation as the chat page has it."""
    made = (await http.post("/api/v1/conversations")).raise_for_status().json()
    path, headers = f"/api/v1/conversations/{made['id']}/messages", {"Authorization": f"Bearer {made['token']}"}

    async def say(text: str) -> str:
        answer = await http.post(path, params={"wait": "true"}, headers=headers, json={"text": text, "message_id": uuid.uuid4().hex})
        if answer.status_code != 200:
            return f"HTTP {answer.status_code}"
        return "" if answer.json()["replies"] else "leer"

    return say


async def stock(http: httpx.AsyncClient) -> Say:
    """A conversation over Rasa's own REST channel, which says 200 also when it has failed: then with nothing in it."""
    sender = uuid.uuid4().hex

    async def say(text: str) -> str:
        answer = await http.post("/webhooks/rest/webhook", json={"sender": sender, "message": text})
        if answer.status_code != 200:
            return f"HTTP {answer.status_code}"
        return "" if answer.json() else "leer"

    return say


TARGETS = {"lotse": lotse, "stock": stock}


async def drive(begin: Callable[[httpx.AsyncClient], Awaitable[Say]], url: str, arrivals: list[Arrival]) -> dict[str, list[object]]:
    """{"ms": from the planned time to the answer, "late_ms": how late each was sent, "errors"}."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(base_url=url, timeout=TIMEOUT, limits=limits, trust_env=False) as http:
        says = [await begin(http) for _ in range(1 + max(one.conversation for one in arrivals))]
        begun = time.perf_counter() + LEAD
        sent = await asyncio.gather(*(_send(says[one.conversation], one.text, begun + one.at) for one in arrivals))
    return {
        "ms": [ms for ms, _, error in sent if not error],
        "late_ms": [late for _, late, _ in sent],
        "errors": [error for _, _, error in sent if error],
    }


async def _send(say: Say, text: str, due: float) -> tuple[float, float, str]:
    await asyncio.sleep(due - time.perf_counter())
    late = time.perf_counter() - due
    try:
        error = await say(text)
    except httpx.HTTPError as failed:
        error = type(failed).__name__
    return (time.perf_counter() - due) * 1000, late * 1000, error


def main() -> None:
    """Reads, sends, prints."""
    target, url = sys.argv[1:]
    arrivals = [Arrival(*one) for one in json.load(sys.stdin)]
    print(json.dumps(asyncio.run(drive(TARGETS[target], url, arrivals))))


if __name__ == "__main__":
    main()
