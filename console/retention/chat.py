"""The chat that a conversation still runs in: what the console deletes, the gateway deletes too."""

from urllib.parse import quote

import httpx

from core.errors import Unavailable
from core.settings import Settings

# A turn that runs is waited for up to 5 s by the gateway; longer, and it is tried again.
SECONDS = 4.5


class Chat:
    """The gateway's HTTP API. ``transport`` is the seam for tests."""

    def __init__(self, settings: Settings, transport: httpx.BaseTransport | None = None) -> None:
        self._address = settings.inner_address
        self._owner = settings.secret("catalogue_token")
        self._transport = transport

    def delete(self, conversation: str) -> None:
        """Ends and deletes it there, if it is still there. Raises Unavailable."""
        try:
            with httpx.Client(timeout=SECONDS, transport=self._transport, trust_env=False) as http:
                url = f"{self._address}/api/v1/conversations/{quote(conversation, safe='')}"
                http.delete(url, headers={"Lotse-Local": self._owner}).raise_for_status()
        except httpx.HTTPError:
            raise Unavailable("Der Chat antwortet nicht. Es ist noch nichts gelöscht. Bitte versuchen Sie es noch einmal.") from None
