"""Pages of the catalogue on the gateway's own address: how an application stands, and uploads. Bodies are passed on and not kept."""

import re
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from connectors.gateway.body import read, read_whole
from connectors.gateway.catalogue import ask
from connectors.gateway.parts import HTTP_SECONDS, Parts, parts
from connectors.web.page import away
from core.errors import Unavailable
from core.network import network

# Two short fields, or a pass of 400 characters.
MOST_FORM_BYTES = 16 * 1024
# A file of 10 MB and the form around it. What is larger is read to its end, up to a video's size, and told on the page.
MOST_UPLOAD_BYTES = 10 * 1024 * 1024 + 64 * 1024
MOST_DRAINED_BYTES = 200 * 1024 * 1024
PASSED_BACK = ("content-type", "location")
# Numbers, PINs and files belong into no cache.
NO_STORE = {"Cache-Control": "no-store"}

router = APIRouter(include_in_schema=False)
Gateway = Annotated[Parts, Depends(parts)]


def _upload(token: str) -> str:
    """The catalogue's path of an upload link. One that was copied with the full stop behind it is the same."""
    return f"/anlagen/{re.sub(r'[^A-Za-z0-9_-]', '', token)[:100] or '-'}"


Upload = Annotated[str, Depends(_upload)]


@router.get("/status")
async def status_form(request: Request, gateway: Gateway) -> Response:
    return await _page(request, gateway, "/status", b"")


@router.post("/status")
async def status(request: Request, gateway: Gateway) -> Response:
    return await _page(request, gateway, "/status", await read(request, MOST_FORM_BYTES))


@router.post("/status/zurueckziehen")
async def withdraw(request: Request, gateway: Gateway) -> Response:
    return await _page(request, gateway, "/status/zurueckziehen", await read(request, MOST_FORM_BYTES))


@router.get("/anlagen/{token}")
async def upload_form(request: Request, gateway: Gateway, path: Upload) -> Response:
    return await _page(request, gateway, path, b"")


@router.post("/anlagen/{token}")
async def upload(request: Request, gateway: Gateway, path: Upload) -> Response:
    body = await read_whole(request, MOST_UPLOAD_BYTES, MOST_DRAINED_BYTES)
    if body is None:
        return RedirectResponse(f"{path}?fehler=zu_gross", 303, NO_STORE)
    return await _page(request, gateway, path, body)


async def _page(request: Request, gateway: Parts, path: str, body: bytes) -> Response:
    """The catalogue's page as it is, or one of our own that says that it is away."""
    address = quote(network(request.client.host if request.client else ""), safe=":/")[:200]
    headers = {
        "Authorization": f"Bearer {gateway.owner}",
        "Lotse-Address": address,
        "Content-Type": request.headers.get("content-type", ""),
    }
    try:
        answer = await ask(gateway, request, path, headers, body, HTTP_SECONDS)
    except Unavailable:
        return HTMLResponse(away(), Unavailable.status, NO_STORE)
    if not answer.is_redirect and not answer.headers.get("content-type", "").startswith("text/html"):
        # A problem for machines: a database that is locked, a token that is not the same here and there.
        return HTMLResponse(away(), Unavailable.status, NO_STORE)
    passed_back = {name: answer.headers[name] for name in PASSED_BACK if name in answer.headers}
    return Response(answer.content, answer.status_code, passed_back | NO_STORE)
