"""Signing in and out."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from console.guard import COOKIE, anyone, require
from console.parts import Console
from console.person import Person
from core.errors import TooMany

router = APIRouter()
# Only our own pages: „//elsewhere“ and „/\elsewhere“ are addresses of other hosts, a line end would begin another header.
INSIDE = re.compile(r"/konsole/(?!.*\.\.)[A-Za-z0-9_./%~-]*(\?[A-Za-z0-9_.%~&=+-]*)?")


@router.get("/anmelden", dependencies=[Depends(anyone)])
async def form(request: Request, zurueck: str = "", abgemeldet: bool = False) -> Response:
    return _page(request, zurueck, erledigt="abgemeldet" if abgemeldet else "")


@router.post("/anmelden", dependencies=[Depends(anyone)])
async def sign_in(
    request: Request, name: Annotated[str, Form()] = "", passwort: Annotated[str, Form()] = "", zurueck: Annotated[str, Form()] = ""
) -> Response:
    console: Console = request.app.state.console
    name, address = name.strip(), request.client.host if request.client else ""
    try:
        who = await run_in_threadpool(admitted, console, name, passwort, address)
    except TooMany:
        return _page(request, zurueck, TooMany.status, gesperrt=True)
    if who is None:
        return _page(request, zurueck, 401, falsch=True)
    cookie = await run_in_threadpool(console.sessions.begin, who)
    back = zurueck if INSIDE.fullmatch(zurueck) else "/konsole/"
    answer = RedirectResponse("/konsole/passwort" if who.must_change else back, 303)
    remember(answer, cookie, console)
    return answer


def admitted(console: Console, name: str, password: str, address: str) -> Person | None:
    """The person, if name and password fit. Raises TooMany after five wrong tries of the name or the address."""
    last_try = console.tries.count(name, address)
    who = console.accounts.proven(name, password)
    if who:
        console.tries.forgive(name, address)
        return who
    # What was typed instead of a name may be a password: only names that are known are written down.
    told = name if console.accounts.known(name) else ""
    of_address = console.tries.by_address(address)[:8]
    console.note(told or "unbekannt", "anmeldung_gesperrt" if last_try else "anmeldung_falsch", told, adresse=of_address)
    return None


def remember(answer: Response, cookie: str, console: Console) -> None:
    """Sets the session's cookie."""
    secure = console.settings.public_address.startswith("https://")
    answer.set_cookie(COOKIE, cookie, path="/konsole", httponly=True, samesite="strict", secure=secure)


def _page(
    request: Request, back: str, status: int = 200, falsch: bool = False, gesperrt: bool = False, erledigt: str = ""
) -> Response:
    console: Console = request.app.state.console
    told = {"falsch": falsch, "gesperrt": gesperrt, "erledigt": erledigt}
    return console.pages.show(request, "anmelden.html", None, status, zurueck=back if INSIDE.fullmatch(back) else "", **told)


@router.post("/abmelden")
async def sign_out(request: Request, who: Annotated[Person, Depends(require("read", before_change=True))]) -> Response:
    console: Console = request.app.state.console
    await run_in_threadpool(console.sessions.end, request.cookies[COOKIE], who)
    answer = RedirectResponse("/konsole/anmelden?abgemeldet=1", 303)
    answer.delete_cookie(COOKIE, path="/konsole")
    return answer
