"""Who may come in: each route names the right it asks for, and each form carries the session's token."""

import hmac
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


class MustChange(Exception):
    """The password was given by somebody else: before anything else, it has to be changed."""


class Forbidden(NotAllowed):
    """Signed in, but not with this right; or a form without the session's token."""

    status = 403


class Guard:
    """A FastAPI dependency: the person who is signed in and has this ``right``. Raises SignIn, MustChange, Forbidden."""

    def __init__(self, right: Right, before_change: bool) -> None:
        self.right = right
        self._before_change = before_change

    async def __call__(self, request: Request) -> Person:
        console: Console = request.app.state.console
        who = await run_in_threadpool(console.sessions.person, request.cookies.get(COOKIE, ""))
        if who is None:
            raise SignIn(_address(request) if request.method == "GET" else "")
        request.state.who = who
        if who.must_change and not self._before_change:
            raise MustChange
        if not who.may(self.right):
            await self._refuse(request, who, "zugriff_verweigert", "Dafür fehlt Ihnen das Recht.")
        if request.method not in ("GET", "HEAD"):
            told = request.headers.get("X-CSRF-Token") or str((await request.form()).get("csrf", ""))
            if not hmac.compare_digest(told.encode("utf-8", "replace"), who.csrf.encode()):
                await self._refuse(request, who, "formular_abgelehnt", "Das Formular ist zu alt. Bitte laden Sie die Seite neu.")
        return who

    async def _refuse(self, request: Request, who: Person, was: str, text: str) -> None:
        console: Console = request.app.state.console
        bezug = f"{request.method} {quote(request.scope['path'])}"
        await run_in_threadpool(console.note, who.name, was, bezug, recht=self.right)
        raise Forbidden(text)


def require(right: Right, before_change: bool = False) -> Guard:
    """The guard for this right. ``before_change``: also with a start password, to change it."""
    return Guard(right, before_change)


async def require_owner(request: Request) -> None:
    """For our own rooms only: they prove themselves with the catalogue's token, as everywhere. Raises NotAllowed."""
    console: Console = request.app.state.console
    told = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(told.encode("utf-8", "replace"), console.settings.secret("catalogue_token").encode()):
        raise NotAllowed("Dafür fehlt der Zugang.")


async def anyone() -> None:
    """A route for everybody, signed in or not, says so with this dependency; a test finds those that say nothing."""


def _address(request: Request) -> str:
    query = request.scope["query_string"].decode("ascii", "replace")
    return quote(request.scope["path"]) + (f"?{query}" if query else "")
