"""The typed HTTP client of the catalogue, for the other rooms. Pooled; every call has a deadline."""

from typing import Self

import httpx

from core import trace
from core.errors import NotFound, Unavailable
from katalog.schemas import Suchergebnis

# Far below the 5 s a citizen may wait: the search itself takes 15 ms.
DEADLINE = httpx.Timeout(3.0, connect=1.0)


def _trace() -> dict[str, str]:
    known = trace.current()
    return {trace.HEADER: known} if known else {}


class CatalogueClient:
    """One per process; close it at the end. ``transport`` is the seam for tests."""

    def __init__(self, url: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._http = httpx.AsyncClient(base_url=url, timeout=DEADLINE, transport=transport, trust_env=False)

    async def search(self, text: str, leistung: str | None = None, checkliste: str | None = None, limit: int = 5) -> Suchergebnis:
        """Services for ``text`` with the facts of the first and of ``leistung``, and a checklist. Raises Unavailable, NotFound."""
        params: dict[str, str | int] = {"q": text[:3000], "limit": limit, "voll": "true"}
        if leistung:
            params["leistung"] = leistung
        if checkliste:
            params["checkliste"] = checkliste
        try:
            answer = await self._get("/katalog/v1/suche", params)
        except httpx.HTTPError as error:
            raise Unavailable(f"Katalog: {type(error).__name__}") from error
        if answer.status_code == 404:
            raise NotFound(leistung or text[:40])
        if answer.status_code != 200:
            raise Unavailable(f"Katalog antwortet mit {answer.status_code}")
        return Suchergebnis.model_validate_json(answer.content)

    async def titles(self) -> dict[str, str]:
        """{id: title} of all services. Raises Unavailable."""
        found: dict[str, str] = {}
        after: str | None = ""
        while after is not None:
            params: dict[str, str | int] = {"limit": 100, **({"nach": after} if after else {})}
            try:
                answer = (await self._get("/katalog/v1/leistungen", params)).raise_for_status().json()
            except (httpx.HTTPError, ValueError) as error:
                raise Unavailable(f"Katalog: {type(error).__name__}") from error
            # As they are: checking 220 whole records for their titles takes a tenth of a second.
            found |= {one["kennung"]: one["titel"] for one in answer["leistungen"]}
            after = answer["weiter"]
        return found

    async def _get(self, path: str, params: dict[str, str | int]) -> httpx.Response:
        try:
            return await self._http.get(path, params=params, headers=_trace())
        except (httpx.RemoteProtocolError, httpx.ReadError):
            # A pooled connection that ended meanwhile, as after a restart of the catalogue: a new one answers. Reading twice harms nothing.
            return await self._http.get(path, params=params, headers=_trace())

    async def close(self) -> None:
        """Ends the pooled connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
