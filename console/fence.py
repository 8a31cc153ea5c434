"""Around the whole console: only our own hosts, only our own forms, no large bodies, and the same strict headers on every answer."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import BadInput
from core.settings import Settings

# Our own files only, in nobody's frame. „same-origin“ and not „no-referrer“: with that, browsers hide the origin of a form.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex",
}
# The longest form: some hundred sentences of an inbox.
MOST_BYTES = 1024 * 1024
SAFE = ("GET", "HEAD", "OPTIONS")


class Fence:
    """Plain ASGI: exports are streamed through it."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._public = urlsplit(settings.public_address)
        self._hosts = {"127.0.0.1", "localhost", "::1", self._public.hostname, urlsplit(settings.inner_address).hostname}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers["Cache-Control"] = "no-cache" if "/static/" in scope["path"] and message["status"] < 400 else "no-store"
            await send(message)

        status, text = self._refused(scope["method"], Headers(scope=scope))
        if status:
            return await PlainTextResponse(text, status)(scope, receive, with_headers)
        came = 0

        async def limited() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > MOST_BYTES:
                raise BadInput("Das Formular ist zu groß.")
            return message

        return await self._app(scope, limited, with_headers)

    def _refused(self, method: str, headers: Headers) -> tuple[int, str]:
        """(status, reason) of what is not let in; status 0: it is."""
        host = headers.get("host", "")
        if _hostname(host) not in self._hosts:
            return 400, "Diese Adresse gehört nicht zur Konsole (LOTSE_PUBLIC_URL)."
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            return 413, "Das Formular ist zu groß."
        if method not in SAFE and not self._own_form(host, headers):
            return 403, "Dieses Formular kommt von einer anderen Seite."
        return 0, ""

    def _own_form(self, host: str, headers: Headers) -> bool:
        """Browsers tell where a form comes from, also the one for signing in, which has no session's token yet.

        A request without either header comes from no browser, and so with nobody's cookies.
        """
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None and site not in ("same-origin", "none"):
            return False
        return origin is None or urlsplit(origin).netloc in (host, self._public.netloc)


def _hostname(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
