"""The page of the people: who may work here, and as what."""

from collections.abc import Callable
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from console.access.roles import RIGHTS, Right, Role
from console.guard import require
from console.parts import Console
from console.person import Person
from core.errors import BadInput, Conflict, LotseError

router = APIRouter(prefix="/verwaltung")
Admin = Annotated[Person, Depends(require("admin"))]
Named = Annotated[str, Form()]


@router.get("")
async def start(_: Admin) -> Response:
    return RedirectResponse("/konsole/verwaltung/personen", 303)


@router.get("/personen")
async def people(request: Request, who: Admin, erledigt: str = "") -> Response:
    return await _page(request, who, erledigt=erledigt)


@router.post("/personen")
async def add(request: Request, who: Admin, name: Named = "", rolle: Named = "") -> Response:
    console: Console = request.app.state.console
    try:
        password = await run_in_threadpool(console.accounts.add_with_start_password, name.strip(), _role(rolle), who.name)
    except (BadInput, Conflict) as refused:
        return await _page(request, who, refused, name=name, rolle=rolle)
    return console.pages.show(request, "startpasswort.html", who, person=name.strip(), startpasswort=password)


@router.post("/personen/rolle")
async def change_role(request: Request, who: Admin, name: Named = "", rolle: Named = "") -> Response:
    console: Console = request.app.state.console
    return await _do(request, who, lambda: console.accounts.set_role(name, _role(rolle), who.name), "rolle")


@router.post("/personen/sitzungen")
async def end_sessions(request: Request, who: Admin, name: Named = "") -> Response:
    console: Console = request.app.state.console
    return await _do(request, who, lambda: console.accounts.sign_out(name, who.name), "sitzungen")


@router.post("/personen/schliessen")
async def close(request: Request, who: Admin, name: Named = "") -> Response:
    console: Console = request.app.state.console
    return await _do(request, who, lambda: console.accounts.close(name, who.name), "geschlossen")


@router.post("/personen/startpasswort")
async def restart(request: Request, who: Admin, name: Named = "") -> Response:
    console: Console = request.app.state.console
    password = await run_in_threadpool(console.accounts.restart, name, who.name)
    await run_in_threadpool(console.tries.forgive, name)
    return console.pages.show(request, "startpasswort.html", who, person=name, startpasswort=password)


def _role(text: str) -> Role:
    role = next((one for one in get_args(Role) if one == text), None)
    if role is None:
        raise BadInput(f"Diese Rolle gibt es nicht. Es gibt: {', '.join(get_args(Role))}.")
    return role


async def _do(request: Request, who: Person, deed: Callable[[], None], done: str) -> Response:
    """Does it and shows the page again, with what was refused or what is done."""
    try:
        await run_in_threadpool(deed)
    except LotseError as refused:
        return await _page(request, who, refused)
    return RedirectResponse(f"/konsole/verwaltung/personen?erledigt={done}", 303)


async def _page(
    request: Request, who: Person, refused: LotseError | None = None, name: str = "", rolle: str = "leser", erledigt: str = ""
) -> Response:
    console: Console = request.app.state.console
    everybody = await run_in_threadpool(console.accounts.everybody)
    return console.pages.show(
        request, "personen.html", who, refused.status if refused else 200, personen=everybody, rechte=RIGHTS, alle_rechte=get_args(Right),
        fehler=str(refused or ""), neu=name, rolle=rolle, erledigt=erledigt,
    )  # fmt: skip
