"""Calls to the Graph API. Meta's numbers decide, not its words: those may hold a telephone number."""

import hashlib
import hmac
from typing import Any

from connectors.channel.errors import Later, Refused
from connectors.channel.http import Platform, fault, retry_after

# Wrong tokens are mended by people, not within a second.
ACCESS_SECONDS = 15.0
# Access: no token, expired, not allowed, app or account blocked (Graph API, "Handling errors").
ACCESS = frozenset({0, 3, 10, 102, 190, *range(200, 300), 368, 131005, 131031}) - {230}
# The same numbers for one person only: window closed, does not want to hear from us.
NEVER = frozenset({(10, 2018278)})
# Limits: app, page, account, number, pair of numbers.
LIMITED = frozenset({4, 17, 32, 341, 613, 80006, 80007, 130429, 131048, 131056, 133016})
# Faults of Meta's.
FAULTS = frozenset({1, 2, 1200, 131000, 131016, 131057, 133004})


class Graph:
    """With one token; every call proves that we know the app's secret as well. Close it at the end."""

    def __init__(self, url: str, token: str, secret: str) -> None:
        self._api = Platform(url.rstrip("/") + "/")
        self._headers = {"Authorization": f"Bearer {token}"}
        self._proof = {"appsecret_proof": hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()}

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Raises Later, Refused."""
        return await self._call("POST", path, body, {})

    async def get(self, path: str, **query: str) -> dict[str, Any]:
        """Raises Later, Refused."""
        return await self._call("GET", path, None, query)

    async def _call(self, method: str, path: str, body: Any, query: dict[str, str]) -> dict[str, Any]:
        response, told = await self._api.call(method, path, body, query | self._proof, self._headers)
        if response.status_code == 200:
            return told
        error = told.get("error")
        error = error if isinstance(error, dict) else {}
        code, subcode = error.get("code"), error.get("error_subcode")
        name = f"{response.status_code} {code}" + (f"/{subcode}" if isinstance(subcode, int) else "")
        if code in LIMITED or response.status_code == 429:
            raise Later(name, retry_after(response))
        if (code in ACCESS and (code, subcode) not in NEVER) or response.status_code == 401:
            raise Later(f"{name}: der Zugang gilt nicht", ACCESS_SECONDS)
        if code in FAULTS:
            raise Later(name)
        if response.status_code >= 500:
            raise fault(response)
        raise Refused(name)

    async def close(self) -> None:
        """Ends the pooled connections."""
        await self._api.close()
