"""One line in the log for each request, with the trace id of the turn that asks; query and path hold words and ids, so the route only."""

import logging
from time import perf_counter

from starlette.types import ASGIApp, Receive, Scope, Send

from core.trace import HEADER, traced

logger = logging.getLogger(__name__)
_HEADER = HEADER.lower().encode()


class Access:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on."""
        if scope["type"] != "http" or scope["path"] == "/healthz":
            await self._app(scope, receive, send)
            return
        begun, trace = perf_counter(), dict(scope["headers"]).get(_HEADER)
        with traced(trace.decode("latin-1") if trace else None):
            await self._app(scope, receive, send)
            route = getattr(scope.get("route"), "path", "?")
            logger.info("%s %s in %d ms", scope["method"], route, (perf_counter() - begun) * 1000)
