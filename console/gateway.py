"""The gateway's desk and notices over HTTP: what a talk with a citizen needs stands there, in Redis, and never here."""

from typing import Any
from urllib.parse import quote

import httpx

from core.errors import BadInput, Conflict, NotFound, Unavailable
from core.settings import Settings

# Redis answers the gateway in milliseconds; nobody waits longer for a page.
SECONDS = 4.5
_REFUSED: dict[int, type[BadInput] | type[Conflict] | type[NotFound]] = {400: BadInput, 404: NotFound, 409: Conflict, 422: BadInput}


class Gateway:
    """One per console; ``transport`` is the seam for tests. Each method raises Unavailable, and what the gateway refuses with."""

    def __init__(self, settings: Settings, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._base = f"{settings.inner_address}/api/v1/beratung"
        self._headers = {"Lotse-Local": settings.secret("catalogue_token")}
        self._transport = transport

    async def overview(self, who: str) -> dict[str, Any]:
        """Hours, duty, the waiting list, running talks, call-backs (connectors/gateway/desk_routes.py)."""
        found: dict[str, Any] = await self._ask("GET", "", wer=who)
        return found

    async def duty(self, who: str, on: bool, name: str) -> None:
        """On duty or off."""
        await self._ask("POST", "/dienst", {"wer": who, "an": on, "name": name})

    async def take(self, who: str, conversation: str) -> None:
        """Makes it this person's. Raises Conflict where somebody was faster."""
        await self._ask("POST", f"/gespraeche/{_path(conversation)}/nehmen", {"wer": who})

    async def talk(self, who: str, conversation: str) -> dict[str, Any]:
        """What was said, in clear. Raises NotFound where it is not this person's."""
        found: dict[str, Any] = await self._ask("GET", f"/gespraeche/{_path(conversation)}", wer=who)
        return found

    async def say(self, who: str, conversation: str, text: str, key: str) -> None:
        """Writes to the citizen; the same ``key`` twice is once."""
        await self._ask("POST", f"/gespraeche/{_path(conversation)}/sagen", {"wer": who, "text": text, "id": key})

    async def give_back(self, who: str, conversation: str) -> None:
        """The Lotse goes on."""
        await self._ask("POST", f"/gespraeche/{_path(conversation)}/zurueck", {"wer": who})

    async def close(self, who: str, conversation: str) -> None:
        """The talk is over; the citizen may go on with the Lotse."""
        await self._ask("POST", f"/gespraeche/{_path(conversation)}/schliessen", {"wer": who})

    async def called_back(self, conversation: str) -> None:
        """Deletes a wish for a call back."""
        await self._ask("DELETE", f"/rueckrufe/{_path(conversation)}")

    async def notices(self) -> list[dict[str, Any]]:
        """Those of now and of later."""
        found: list[dict[str, Any]] = await self._ask("GET", "/hinweise")
        return found

    async def set_notice(self, notice: dict[str, str]) -> None:
        """id, text, von, bis (ISO 8601 with zone). Raises BadInput."""
        await self._ask("PUT", "/hinweise", notice)

    async def remove_notice(self, key: str) -> None:
        """Raises NotFound."""
        await self._ask("DELETE", f"/hinweise/{_path(key)}")

    async def _ask(self, method: str, path: str, body: dict[str, Any] | None = None, **query: str) -> Any:
        try:
            async with httpx.AsyncClient(timeout=SECONDS, transport=self._transport, trust_env=False) as http:
                answer = await http.request(method, self._base + path, json=body, params=query, headers=self._headers)
            if answer.status_code in _REFUSED:
                raise _REFUSED[answer.status_code](answer.json()["detail"])
            answer.raise_for_status()
            return answer.json() if answer.content else None
        except (httpx.HTTPError, ValueError, KeyError):
            raise Unavailable("Der Chat antwortet nicht. Es ist nichts verloren. Bitte versuchen Sie es noch einmal.") from None


def _path(name: str) -> str:
    return quote(name, safe="")
