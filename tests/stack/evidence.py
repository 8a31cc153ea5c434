"""What became of each message: what the citizen saw, and what was kept of it. The latter stands in Redis' append-only file,
where nothing is ever taken back: a second turn cannot hide there."""

import asyncio
import json
import os
import signal
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
import redis.asyncio as redis

from connectors.gateway.bot import AT_ONCE
from connectors.gateway.queue import stream_of
from connectors.gateway.schemas import Message
from core.vault import Vault
from tests.conftest import Stack

# A browser tries again. Long, because these tests must hold on a busy machine, too: 500 turns take 25 s on two idle cores.
PATIENCE = 180.0


@dataclass(frozen=True)
class Event:
    """What the citizen saw of one message; ``told``: the German text of a failure."""

    message: str
    service: str | None = None
    intent: str | None = None
    told: str | None = None


@dataclass
class Citizen:
    """A conversation as a browser has it: what was not taken is sent again under its id, and what was missed is asked for."""

    http: httpx.AsyncClient
    id: str
    token: str
    refused: list[str] = field(default_factory=list)

    async def send(self, text: str, message_id: str, wait: bool = False) -> httpx.Response:
        """Sends it until it is taken, with ``wait`` until it is answered; each refusal is told in German."""
        path, body = f"/api/v1/conversations/{self.id}/messages", {"text": text, "message_id": message_id}
        async with asyncio.timeout(PATIENCE):
            while True:
                with suppress(httpx.TransportError):
                    answer = await self.http.post(path, json=body, params={"wait": wait}, headers=self._headers())
                    if answer.status_code in (200, 202):
                        return answer
                    assert answer.status_code == 503
                    self.refused.append(answer.json()["detail"])
                await asyncio.sleep(0.3)

    async def seen(self, count: int) -> list[Event]:
        """The first ``count`` events of the conversation."""
        found: dict[int, Event] = {}
        async with asyncio.timeout(PATIENCE):
            while len(found) < count:
                with suppress(httpx.TransportError):
                    await self._listen(found, count)
                await asyncio.sleep(0.1)
        return list(found.values())

    async def _listen(self, found: dict[int, Event], count: int) -> None:
        headers, number = self._headers() | {"Last-Event-ID": str(max(found, default=0))}, 0
        async with self.http.stream("GET", f"/api/v1/conversations/{self.id}/events", headers=headers) as stream:
            async for line in stream.aiter_lines():
                name, _, value = line.partition(": ")
                if name == "id":
                    number = int(value)
                elif name == "data":
                    found[number] = _event(json.loads(value))
                    if len(found) == count:
                        return

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def _event(content: dict[str, Any]) -> Event:
    if "detail" in content:
        return Event(content["message_id"], told=content["detail"])
    service, intent = content["replies"][0]["leistung"], content["intent"]
    return Event(content["message_id"], service and service["id"], intent and intent["name"])


@asynccontextmanager
async def citizens(stack: Stack, count: int) -> AsyncIterator[list[Citizen]]:
    """So many conversations, begun."""
    limits = httpx.Limits(max_connections=50)
    async with httpx.AsyncClient(base_url=stack.running.web_url, timeout=PATIENCE, limits=limits, trust_env=False) as http:
        begun = [(await http.post("/api/v1/conversations")).json() for _ in range(count)]
        yield [Citizen(http, one["id"], one["token"]) for one in begun]


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    """The process stands still meanwhile."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


@dataclass
class Course:
    """Ids of the messages of one conversation, each as often and in the order as it was taken, had a turn, and was answered."""

    taken: list[str] = field(default_factory=list)
    turns: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)


class Evidence:
    """Of everything that is kept from now on."""

    def __init__(self, stack: Stack) -> None:
        self._file = stack.settings.home / "redis" / "appendonly.aof"
        self._begin = self._file.stat().st_size
        self._vault = Vault(stack.settings.secret("secret_key"))

    def of(self, citizen: Citizen) -> Course:
        """The course of one conversation."""
        course, own = Course(), citizen.id.encode()
        for name, key, *rest in self._commands():
            if name == b"XADD" and key.startswith(b"lotse:warteschlange:") and rest[2] == own:
                course.taken.append(Message.model_validate_json(self._vault.open(rest[4])).message_id)
            elif name == b"RPUSH" and key == b"lotse:tracker:" + own:
                events = json.loads(zlib.decompress(self._vault.open(rest[0])))
                course.turns += [event["message_id"] for event in events if event["event"] == "user"]
            elif name == b"HSET" and key == b"lotse:gespraech:" + own + b":antworten":
                course.answered.append(rest[0].decode())
        return course

    def _commands(self) -> Iterator[list[bytes]]:
        with self._file.open("rb") as file:
            file.seek(self._begin)
            while line := file.readline():
                words = [file.read(int(file.readline()[1:]) + 2)[:-2] for _ in range(int(line[1:]))]
                if len(words) > 1:
                    yield [words[0].upper(), *words[1:]]


async def at_the_bot(stack: Stack, crowd: list[Citizen], most: int = AT_ONCE) -> None:
    """Returns when so many turns run, or all that can: each conversation that is the first of its partition holds its lock."""
    first = {stream_of(one.id): one for one in reversed(crowd)}.values()
    async with redis.from_url(stack.settings.redis_address) as store:
        for _ in range(150):
            held = await store.exists(*(f"lotse:lock:{one.id}" for one in first))
            if held >= min(most, len(first)):
                break
            await asyncio.sleep(0.02)
    assert held >= min(most, len(first))
