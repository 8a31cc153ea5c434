"""Signing in and out, and the first page."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from console.guard import COOKIE, require
from console.parts import Console
from console.person import Person

router = APIRouter()


@router.get("/anmelden")
async def form(request: Request, zurueck: str = "") -> Response:
    console: Console = request.app.state.console
    return console.pages.show(request, "anmelden.html", None, zurueck=zurueck, falsch=False)


@router.post("/anmelden")
async def sign_in(
    request: Request, name: Annotated[str, Form()] = "", passwort: Annotated[str, Form()] = "", zurueck: Annotated[str, Form()] = ""
) -> Response:
    console: Console = request.app.state.console
    who = await run_in_threadpool(console.accounts.proven, name, passwort)
    if who is None:
        return console.pages.show(request, "anmelden.html", None, 401, zurueck=zurueck, falsch=True)
    cookie = await run_in_threadpool(console.sessions.begin, who)
    # Only our own pages: „//elsewhere“ and „/\elsewhere“ are addresses of other hosts.
    inside = zurueck.startswith("/konsole/") and "\\" not in zurueck and "//" not in zurueck
    answer = RedirectResponse(zurueck if inside else "/konsole/", 303)
    answer.set_cookie(
        COOKIE, cookie, path="/konsole", httponly=True, samesite="strict", secure=console.settings.public_address.startswith("https://")
    )
    return answer


@router.post("/abmelden")
async def sign_out(request: Request, _: Annotated[Person, Depends(require("read"))]) -> Response:
    console: Console = request.app.state.console
    await run_in_threadpool(console.sessions.end, request.cookies[COOKIE])
    answer = RedirectResponse("/konsole/anmelden", 303)
    answer.delete_cookie(COOKIE, path="/konsole")
    return answer
