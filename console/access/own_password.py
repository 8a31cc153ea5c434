"""Everybody changes their own password; with a start password, before anything else."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from console.access.sign_in import admitted, remember
from console.guard import require
from console.parts import Console
from console.person import Person
from core.errors import BadInput, TooMany

router = APIRouter()
Own = Annotated[Person, Depends(require("read", before_change=True))]


@router.get("/passwort")
async def form(request: Request, who: Own, erledigt: bool = False) -> Response:
    return _page(request, who, erledigt=erledigt)


@router.post("/passwort")
async def change(
    request: Request, who: Own, bisher: Annotated[str, Form()] = "", neu: Annotated[str, Form()] = "", nochmal: Annotated[str, Form()] = ""
) -> Response:
    console: Console = request.app.state.console
    address = request.client.host if request.client else ""
    try:
        # Counted as signing in is: a session that somebody else has taken over does not serve to guess the password.
        if await run_in_threadpool(admitted, console, who.name, bisher, address) is None:
            raise BadInput("Das bisherige Passwort stimmt nicht.")
        if neu != nochmal:
            raise BadInput("Die beiden neuen Passwörter sind nicht gleich.")
        if neu == bisher:
            raise BadInput("Das neue Passwort ist das bisherige. Bitte wählen Sie ein anderes.")
        await run_in_threadpool(console.accounts.set_password, who.name, neu, who.name)
    except (BadInput, TooMany) as refused:
        return _page(request, who, refused.status, fehler=str(refused))
    # All sessions have ended with the old password; this browser gets a new one.
    cookie = await run_in_threadpool(console.sessions.begin, who)
    answer = RedirectResponse("/konsole/passwort?erledigt=1", 303)
    remember(answer, cookie, console)
    return answer


def _page(request: Request, who: Person, status: int = 200, fehler: str = "", erledigt: bool = False) -> Response:
    console: Console = request.app.state.console
    return console.pages.show(request, "passwort.html", who, status, fehler=fehler, erledigt=erledigt)
