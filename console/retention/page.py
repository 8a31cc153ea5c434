"""The page of what is kept how long: settings, what goes next, and what the last runs deleted."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from console.guard import require
from console.parts import Console
from console.person import Person
from core.errors import BadInput

router = APIRouter(prefix="/verwaltung/aufbewahrung")
Admin = Annotated[Person, Depends(require("admin"))]


@router.get("")
async def show(request: Request, who: Admin, erledigt: str = "") -> Response:
    return await _page(request, who, erledigt=erledigt)


@router.post("")
async def change(request: Request, who: Admin) -> Response:
    console: Console = request.app.state.console
    told = await request.form()
    typed = {kind.name: str(told.get(kind.name, "")).strip() for kind in console.retention.kinds}
    try:
        wanted = {name: _number(text) for name, text in typed.items()}
        await run_in_threadpool(console.retention.set_days, wanted, who.name)
    except BadInput as refused:
        return await _page(request, who, str(refused), typed)
    return RedirectResponse("/konsole/verwaltung/aufbewahrung?erledigt=fristen", 303)


@router.post("/jetzt")
async def run(request: Request, who: Admin) -> Response:
    console: Console = request.app.state.console
    await run_in_threadpool(console.note, who.name, "aufbewahrung_gestartet")
    await run_in_threadpool(console.retention.run)
    return RedirectResponse("/konsole/verwaltung/aufbewahrung?erledigt=lauf", 303)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 6):
        raise BadInput("Bitte geben Sie die Tage als Zahl an.")
    return int(text)


async def _page(request: Request, who: Person, fehler: str = "", typed: dict[str, str] | None = None, erledigt: str = "") -> Response:
    console: Console = request.app.state.console
    going = await run_in_threadpool(console.retention.preview)
    runs = await run_in_threadpool(console.retention.runs)
    labels = {kind.name: kind.label for kind in console.retention.kinds}
    return console.pages.show(
        request, "aufbewahrung.html", who, BadInput.status if fehler else 200, arten=going, laeufe=runs, namen=labels, fehler=fehler,
        getippt=typed or {}, erledigt=erledigt,
    )  # fmt: skip
