"""CORS: which other sites may use the chat from their pages. Without a setting, none."""

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

# What the widget calls. Pages, the catalogue's writing and the numbers are for no other site.
PATHS = ("/api/v1/conversations", "/api/v1/notices", "/widget/texte/")
# Ten minutes: a browser asks once for a conversation.
SECONDS = 600


class Origins:
    """Plain ASGI: other paths answer as if there were no CORS."""

    def __init__(self, app: ASGIApp, allowed: list[str]) -> None:
        self._app = app
        self._cors = CORSMiddleware(
            app, allow_origins=allowed, allow_methods=["GET", "POST", "DELETE"], max_age=SECONDS,
            allow_headers=["Authorization", "Content-Type", "Last-Event-ID"],
        )  # fmt: skip

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        inside = scope["type"] == "http" and scope["path"].startswith(PATHS)
        await (self._cors if inside else self._app)(scope, receive, send)
