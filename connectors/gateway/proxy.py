"""The catalogue's API as seen from outside, on the gateway's own address."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response

from connectors.gateway.body import read
from connectors.gateway.catalogue import ask
from connectors.gateway.parts import HTTP_SECONDS, Parts, parts
from connectors.gateway.texts import texts
from core.errors import NotFound

# An import of all services and offices has 5 MB as base64; indexing ten times as much takes about a minute on two cores.
MOST_IMPORT_BYTES = 50 * 1024 * 1024
IMPORT_SECONDS = 120.0

PASSED_ON = ("accept", "if-none-match", "authorization", "content-type")
PASSED_BACK = ("content-type", "etag", "cache-control")

router = APIRouter(prefix="/katalog/v1", include_in_schema=False)
Gateway = Annotated[Parts, Depends(parts)]


@router.get("/{path:path}")
async def fetch(request: Request, gateway: Gateway, path: str) -> Response:
    return await _forward(request, gateway, path, b"", HTTP_SECONDS)


@router.post("/importe")
async def import_records(request: Request, gateway: Gateway) -> Response:
    # Indexing takes time: the 5 s of everything else do not hold here.
    body = await read(request, MOST_IMPORT_BYTES)
    return await _forward(request, gateway, "importe", body, IMPORT_SECONDS)


async def _forward(request: Request, gateway: Parts, path: str, body: bytes, seconds: float) -> Response:
    """The catalogue's answer as it is. Raises NotFound for a path that leaves the catalogue, Unavailable."""
    if any(part in (".", "..") for part in path.replace("\\", "/").split("/")):
        raise NotFound(texts().kein_pfad)
    headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
    answer = await ask(gateway, request, f"/katalog/v1/{quote(path)}", headers, body, seconds)
    passed_back = {name: answer.headers[name] for name in PASSED_BACK if name in answer.headers}
    return Response(answer.content, answer.status_code, passed_back)
