"""A desk for tests: always open or never, and the console's side of it over HTTP."""

from pathlib import Path
from typing import Any

import httpx
import yaml

from connectors.gateway.desk.hours import DAYS

ALWAYS: dict[str, Any] = {
    "zeiten": {day: ["00:00-24:00"] for day in DAYS},
    "gleichzeitig": 2,
    "warteplaetze": 3,
    "bausteine": ["Guten Tag! Ich lese gerade."],
}
NEVER: dict[str, Any] = ALWAYS | {"zeiten": {}}


def desk_file(folder: Path, **more: Any) -> Path:
    """A desk's file that is always open, but for what is told."""
    path = folder / f"beratung-{len(list(folder.iterdir()))}.yml"
    path.write_text(yaml.safe_dump(ALWAYS | more), "utf-8")
    return path


class Office:
    """A member of staff, as the console asks for them."""

    def __init__(self, http: httpx.AsyncClient, owner: str, who: str = "petra") -> None:
        self.http = http
        self.headers = {"Lotse-Local": owner}
        self.who = who

    async def on_duty(self, name: str = "Petra") -> None:
        answer = await self.http.post("/api/v1/beratung/dienst", json={"wer": self.who, "an": True, "name": name}, headers=self.headers)
        assert answer.status_code == 204, answer.text

    async def overview(self) -> dict[str, Any]:
        found: dict[str, Any] = (await self.http.get("/api/v1/beratung", params={"wer": self.who}, headers=self.headers)).json()
        return found

    async def do(self, conversation: str, deed: str, **more: str) -> httpx.Response:
        path = f"/api/v1/beratung/gespraeche/{conversation}/{deed}"
        return await self.http.post(path, json={"wer": self.who, **more}, headers=self.headers)

    async def say(self, conversation: str, text: str, id: str) -> httpx.Response:
        return await self.do(conversation, "sagen", text=text, id=id)

    async def lines(self, conversation: str) -> httpx.Response:
        return await self.http.get(f"/api/v1/beratung/gespraeche/{conversation}", params={"wer": self.who}, headers=self.headers)
