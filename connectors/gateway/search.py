"""The catalogue as pages: a search that needs no script, and one service with its sources."""

from typing import Annotated
from urllib.parse import quote

import httpx
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ValidationError

from connectors.gateway.catalogue import ask
from connectors.gateway.parts import HTTP_SECONDS, Parts, parts
from connectors.gateway.texts import texts
from connectors.web.page import Pages
from core.catalogue import Auskunft, Treffer
from core.errors import Unavailable

router = APIRouter(include_in_schema=False)
Gateway = Annotated[Parts, Depends(parts)]


def _pages(request: Request) -> Pages:
    found: Pages = request.app.state.pages
    return found


Shown = Annotated[Pages, Depends(_pages)]


class _Found(BaseModel):
    """What the page needs of the catalogue's answer."""

    treffer: list[Treffer]
    naechste: list[Treffer]


@router.get("/suche")
async def search(request: Request, gateway: Gateway, pages: Shown, q: Annotated[str, Query(max_length=3000)] = "") -> Response:
    question = q.strip()[:300]
    if not question:
        return pages.found("", [])
    try:
        answer = await _asked(request, gateway, "/katalog/v1/suche", f"q={quote(question)}&limit=10")
        found = _Found.model_validate_json(answer.content)
    except (Unavailable, ValidationError):
        return pages.found(question, [], broken=True)
    return pages.found(question, found.treffer or found.naechste, sure=bool(found.treffer))


@router.get("/leistungen/{kennung}")
async def service(request: Request, gateway: Gateway, pages: Shown, kennung: str) -> Response:
    try:
        answer = await _asked(request, gateway, f"/katalog/v1/leistungen/{quote(kennung[:80], safe='')}", "")
        if answer.status_code == 404:
            return pages.show("hinweis.html", 404, titel=texts().leistung_unbekannt_titel, text=texts().leistung_unbekannt)
        return pages.service(Auskunft.model_validate_json(answer.content))
    except (Unavailable, ValidationError):
        return pages.show("hinweis.html", 503, titel=texts().seite_gestoert_titel, text=texts().katalog_nicht_erreichbar)


async def _asked(request: Request, gateway: Parts, path: str, query: str) -> httpx.Response:
    return await ask(gateway, request, path, {"Accept": "application/json"}, b"", HTTP_SECONDS, query)
