"""Who may come in: each route names the right it asks for, and each form carries the session's token."""

import hmac
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from console.access.roles import Right
from console.parts import Console
from console.person import Person
from core.errors import NotAllowed

COOKIE = "lotse_konsole"


class SignIn(Exception):
    """Nobody is signed in; ``back`` is the page to come back to."""

    def __init__(self, back: str) -> None:
        self.back = back


class Forbidden(NotAllowed):
    """Signed in, but not with this right; or a form without the session's token."""

    status = 403


def require(right: Right) -> Callable[[Request], Awaitable[Person]]:
    """A FastAPI dependency: the person who is signed in and has this right. Raises SignIn, Forbidden."""

    async def guard(request: Request) -> Person:
        console: Console = request.app.state.console
        who = await run_in_threadpool(console.sessions.person, request.cookies.get(COOKIE, ""))
        if who is None:
            raise SignIn(quote(request.scope["path"]) if request.method == "GET" else "")
        if not who.may(right):
            raise Forbidden("Dafür fehlt Ihnen das Recht.")
        if request.method not in ("GET", "HEAD"):
            told = request.headers.get("X-CSRF-Token") or str((await request.form()).get("csrf", ""))
            if not hmac.compare_digest(told.encode(), who.csrf.encode()):
                raise Forbidden("Das Formular ist zu alt. Bitte laden Sie die Seite neu.")
        return who

    return guard
