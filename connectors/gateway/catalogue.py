"""One request to the catalogue for somebody outside."""

import asyncio
from collections.abc import Mapping

import httpx
from fastapi import Request

from connectors.gateway.parts import Parts
from connectors.gateway.texts import texts
from core.errors import Unavailable


async def ask(
    gateway: Parts, request: Request, path: str, headers: Mapping[str, str], body: bytes, seconds: float, query: str | None = None
) -> httpx.Response:
    """The catalogue's answer to this request, at ``path`` (quoted). ``query``: quoted, in place of the request's own.

    Raises Unavailable, which is counted.
    """
    asked = request.scope["query_string"] if query is None else query.encode()
    url = httpx.URL(f"{gateway.settings.catalogue_url}{path}", query=asked)
    try:
        async with asyncio.timeout(seconds):
            return await gateway.http.request(request.method, url, headers=headers, content=body, timeout=seconds)
    except (TimeoutError, httpx.HTTPError):
        gateway.metrics.failures.labels("catalogue").inc()
        raise Unavailable(texts().katalog_nicht_erreichbar) from None
