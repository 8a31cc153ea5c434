"""A client of the gateway, as a citizen's browser is one."""

from typing import Any

import httpx


class Citizen:
    """One conversation with the gateway, as a client has it."""

    def __init__(self, http: httpx.AsyncClient, id: str, token: str) -> None:
        self.http = http
        self.id = id
        self.headers = {"Authorization": f"Bearer {token}"}
        self.token = token
        self.count = 0

    async def send(self, text: str | None = None, wait: bool = True, **body: Any) -> httpx.Response:
        self.count += 1
        content = {"message_id": f"m{self.count}", **({} if text is None else {"text": text}), **body}
        path = f"/api/v1/conversations/{self.id}/messages"
        return await self.http.post(path, json=content, params={"wait": "true"} if wait else {}, headers=self.headers)

    async def raw(self, content: Any, **headers: str) -> httpx.Response:
        path = f"/api/v1/conversations/{self.id}/messages?wait=true"
        return await self.http.post(path, content=content, headers={**self.headers, **headers})

    async def events(self, most: int, headers: dict[str, str] | None = None, query: str = "") -> list[dict[str, str]]:
        """The next ``most`` events of the stream."""
        found: list[dict[str, str]] = []
        event: dict[str, str] = {}
        path = f"/api/v1/conversations/{self.id}/events{query}"
        async with self.http.stream("GET", path, headers=self.headers if headers is None else headers) as stream:
            assert stream.status_code == 200
            async for line in stream.aiter_lines():
                name, _, value = line.partition(": ")
                if line == "" and "data" in event:
                    found.append(event)
                    event = {}
                    if len(found) == most:
                        break
                elif name in ("id", "event", "data"):
                    event[name] = value
        return found


async def begin(http: httpx.AsyncClient) -> Citizen:
    created = (await http.post("/api/v1/conversations")).json()
    return Citizen(http, created["id"], created["token"])
