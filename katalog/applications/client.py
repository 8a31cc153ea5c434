"""The typed HTTP client of the applications, for the actions. Pooled; every call has a deadline."""

from typing import Any, Self
from urllib.parse import quote

import httpx
from pydantic import TypeAdapter

from core import trace
from core.errors import Conflict, Invalid, NotFound, TooMany, Unavailable
from katalog.applications.schemas import Code, Entwurf, Formular, Hochladen, Quittung, Vorgang

# As the catalogue's own client: below the 5 s a citizen may wait. The slowest call hashes a PIN for 30 ms.
DEADLINE = httpx.Timeout(3.0, connect=1.0)
_IDS: TypeAdapter[list[str]] = TypeAdapter(list[str])


class ApplicationsClient:
    """One per process; close it at the end. ``transport`` is the seam for tests.

    Every method raises Unavailable when the catalogue does not answer in time or not as agreed, NotFound, Conflict (with
    ``vorgangsnummer`` where it is submitted already), Invalid (``fehler``), TooMany.
    """

    def __init__(self, url: str, token: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._http = httpx.AsyncClient(
            base_url=f"{url}/antraege/v1", headers={"Authorization": f"Bearer {token}"}, timeout=DEADLINE, transport=transport,
            trust_env=False,
        )  # fmt: skip

    async def forms(self) -> list[str]:
        """Ids of the services that have a form."""
        return _IDS.validate_json(await self._ask("GET", "/formulare"))

    async def form(self, leistung: str) -> Formular:
        """The form of a service."""
        return Formular.model_validate_json(await self._ask("GET", f"/formulare/{quote(leistung, safe='')}"))

    async def begin(self, leistung: str, gespraech: str, key: str) -> Entwurf:
        """A new draft; the same conversation and key give the same draft."""
        body = {"leistung": leistung, "gespraech": gespraech}
        return Entwurf.model_validate_json(await self._ask("POST", "/entwuerfe", body, key))

    async def draft(self, id: str) -> Entwurf:
        """The draft as it is now."""
        return Entwurf.model_validate_json(await self._ask("GET", _of(id)))

    async def put(self, id: str, werte: dict[str, Any], fassung: int) -> Entwurf:
        """Replaces all values of the draft that was in version ``fassung``."""
        return Entwurf.model_validate_json(await self._ask("PUT", f"{_of(id)}/werte", {"werte": werte, "fassung": fassung}))

    async def code(self, id: str) -> Code:
        """A new resume code; the one before is no longer good."""
        return Code.model_validate_json(await self._ask("POST", f"{_of(id)}/code"))

    async def resume(self, code: str, gespraech: str) -> Entwurf:
        """The draft of a code, which is used up for every other conversation."""
        return Entwurf.model_validate_json(await self._ask("POST", "/fortsetzen", {"code": code, "gespraech": gespraech}))

    async def submit(self, id: str, fassung: int, key: str) -> Quittung:
        """Submits it; the same key gives the same receipt again."""
        return Quittung.model_validate_json(await self._ask("POST", f"{_of(id)}/absenden", {"fassung": fassung}, key))

    async def delete(self, id: str) -> None:
        """Deletes it, if it is there."""
        await self._ask("DELETE", _of(id))

    async def status(self, nummer: str, pin: str, gespraech: str) -> Vorgang:
        """How a case stands."""
        return Vorgang.model_validate_json(await self._ask("POST", "/status", _identified(nummer, pin, gespraech)))

    async def withdraw(self, nummer: str, pin: str, gespraech: str) -> Vorgang:
        """Takes a case back; once more changes nothing."""
        return Vorgang.model_validate_json(await self._ask("POST", "/zuruecknehmen", _identified(nummer, pin, gespraech)))

    async def upload_link(self, id: str, feld: str) -> str:
        """Where a file for this property may be uploaded for an hour: a path of the gateway."""
        return Hochladen.model_validate_json(await self._ask("POST", f"{_of(id)}/anlagen/{quote(feld, safe='')}")).url

    async def _ask(self, method: str, path: str, body: dict[str, Any] | None = None, key: str | None = None) -> bytes:
        known = trace.current()
        headers = ({trace.HEADER: known} if known else {}) | ({"Idempotency-Key": key} if key else {})
        try:
            answer = await self._http.request(method, path, json=body, headers=headers)
        except httpx.HTTPError as error:
            raise Unavailable(f"Katalog: {type(error).__name__}") from error
        if not answer.is_success:
            _refuse(answer)
        return answer.content

    async def close(self) -> None:
        """Ends the pooled connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def _of(id: str) -> str:
    return f"/entwuerfe/{quote(id, safe='')}"


def _identified(nummer: str, pin: str, gespraech: str) -> dict[str, Any]:
    return {"vorgangsnummer": nummer, "pin": pin, "gespraech": gespraech}


def _refuse(answer: httpx.Response) -> None:
    """Raises the error that the catalogue told."""
    try:
        told = answer.json()
    except ValueError:
        told = {}
    detail = str(told.get("detail", ""))
    if answer.status_code == 404:
        raise NotFound(detail)
    if answer.status_code == 409:
        raise Conflict(detail, told.get("vorgangsnummer"))
    if answer.status_code == 422 and told.get("fehler"):
        raise Invalid(told["fehler"])
    if answer.status_code == 429:
        raise TooMany(detail)
    raise Unavailable(f"Katalog antwortet mit {answer.status_code}")
