"""One request to the catalogue for somebody outside."""

import asyncio
from collections.abc import Mapping

import httpx
from fastapi import Request

from connectors.gateway.parts import Parts
from connectors.gateway.texts import texts
from core.errors import Unavailable


async def ask(gateway: Parts, request: Request, path: str, headers: Mapping[str, str], body: bytes, seconds: float) -> httpx.Response:
    """The catalogue's answer to this request, at ``path`` (quoted). Raises Unavailable, which is counted."""
    url = httpx.URL(f"{gateway.settings.catalogue_url}{path}", query=request.scope["query_string"])
    try:
        async with asyncio.timeout(seconds):
            return await gateway.http.request(request.method, url, headers=headers, content=body, timeout=seconds)
    except (TimeoutError, httpx.HTTPError):
        gateway.metrics.failures.labels("catalogue").inc()
        raise Unavailable(texts().katalog_nicht_erreichbar) from None
