"""Calls to a platform: pooled, within 4.5 s, and every failure told apart."""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx

from connectors.channel.errors import Later

# Below the 5 s that no call of ours exceeds.
SECONDS = 4.5
CONNECTIONS = httpx.Limits(max_connections=20, max_keepalive_connections=10)


class Platform:
    """An HTTP API; ``seconds`` is the seam for tests. Close it at the end."""

    def __init__(self, url: str, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        # A city's network may have a proxy in front of the outside; nothing goes to this machine through it.
        self._http = httpx.AsyncClient(base_url=url, timeout=seconds, limits=CONNECTIONS, trust_env=url.startswith("https://"))

    async def call(
        self, method: str, path: str, body: Any = None, query: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[httpx.Response, dict[str, Any]]:
        """The response and its JSON object (empty where it is none). Raises Later when there is no answer."""
        try:
            async with asyncio.timeout(self._seconds):
                response = await self._http.request(method, path, json=body, params=query, headers=headers)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise Later(type(error).__name__) from None
        except (TimeoutError, httpx.HTTPError) as error:
            # It was on its way: nobody knows whether it was taken.
            raise Later(type(error).__name__, doubtful=True) from None
        try:
            content = response.json()
        except ValueError:
            content = {}
        return response, content if isinstance(content, dict) else {}

    async def close(self) -> None:
        """Ends the pooled connections."""
        await self._http.aclose()


def fault(response: httpx.Response) -> Later:
    """A fault of the platform's. Behind a 503 nothing was done; behind the others nobody knows."""
    return Later(str(response.status_code), retry_after(response), doubtful=response.status_code != 503)


def retry_after(response: httpx.Response) -> float:
    """Seconds of the header Retry-After; 0 where it is missing or a date."""
    told = response.headers.get("retry-after", "")
    return float(told) if told.isascii() and told.isdecimal() else 0.0
