"""What the local WhatsApp and Messenger share: the Graph API's access and errors, and signed deliveries."""

import hashlib
import hmac
import json
from typing import Any

from fastapi import Request

from bench.platforms.platform import LocalPlatform, People, Refusal

DAY = 24 * 3600.0


def refusal(status: int, code: int, message: str, subcode: int | None = None) -> Refusal:
    """An error as the Graph API gives it."""
    error = {"message": f"(#{code}) {message}", "type": "OAuthException", "code": code, "fbtrace_id": "A1"}
    return Refusal(status, {"error": error | ({"error_subcode": subcode} if subcode else {})})


class LocalMeta(LocalPlatform):
    """``token``: of access; ``secret``: the app's, which signs deliveries and proves calls."""

    def __init__(self, webhook: str, token: str, secret: str) -> None:
        super().__init__(webhook)
        self.people = People()
        self.secret = secret
        self._token = token

    async def allowed(self, request: Request) -> Any:
        """The call's JSON. Raises Refusal for a wrong token or proof."""
        await self.answering()
        if request.headers.get("authorization") != f"Bearer {self._token}":
            raise refusal(401, 190, "Invalid OAuth access token")
        proof = hmac.new(self.secret.encode(), self._token.encode(), hashlib.sha256).hexdigest()
        if request.query_params.get("appsecret_proof") != proof:
            raise refusal(400, 100, "Invalid appsecret_proof provided in the API argument")
        return json.loads(await request.body() or b"{}")

    async def post(self, content: Any, times: int = 1, secret: str | None = None) -> list[int]:
        """Delivers, signed."""
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        digest = hmac.new((secret or self.secret).encode(), body, hashlib.sha256).hexdigest()
        return await self.deliver(body, {"X-Hub-Signature-256": f"sha256={digest}"}, times)
