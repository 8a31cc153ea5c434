"""A citizen's conversation with the running stack, as a patient browser has it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import httpx

from connectors.gateway.texts import texts
from tests.conftest import Stack

# A browser tries again. Long, because these tests must hold on a busy machine, too: 500 turns take 25 s on two idle cores.
PATIENCE = 180.0


@dataclass(frozen=True)
class Event:
    """What the citizen saw of one message; ``told``: the German text of a failure."""

    message: str
    text: str | None = None
    service: str | None = None
    intent: str | None = None
    told: str | None = None


@dataclass
class Citizen:
    """A conversation as a browser has it: what was not taken is sent again under its id, and what was missed is asked for."""

    http: httpx.AsyncClient
    id: str
    token: str
    refused: int = 0

    async def send(self, text: str, message_id: str, wait: bool = False) -> httpx.Response:
        """Sends it until it is taken, with ``wait`` until it is answered; each refusal is told in German."""
        path, body = f"/api/v1/conversations/{self.id}/messages", {"text": text, "message_id": message_id}
        async with asyncio.timeout(PATIENCE):
            while True:
                with suppress(httpx.TransportError):
                    answer = await self.http.post(path, json=body, params={"wait": wait}, headers=self._headers())
                    if answer.status_code in (200, 202):
                        return answer
                    assert (answer.status_code, answer.json()["detail"]) == (503, texts().nicht_erreichbar)
                    self.refused += 1
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
    reply, intent = content["replies"][0], content["intent"]
    return Event(content["message_id"], reply["text"], reply["leistung"] and reply["leistung"]["id"], intent and intent["name"])


@asynccontextmanager
async def citizens(stack: Stack, count: int) -> AsyncIterator[list[Citizen]]:
    """So many conversations, begun."""
    limits = httpx.Limits(max_connections=50)
    async with httpx.AsyncClient(base_url=stack.running.web_url, timeout=PATIENCE, limits=limits, trust_env=False) as http:
        begun = [(await http.post("/api/v1/conversations")).json() for _ in range(count)]
        yield [Citizen(http, one["id"], one["token"]) for one in begun]
