"""The desk: who is on duty, who waits, whose talk is whose, who wants to be called back."""

from datetime import datetime
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from console.guard import require
from console.parts import Console
from console.person import Person
from core.clock import ZONE
from core.errors import BadInput, Conflict, LotseError, NotFound

router = APIRouter(prefix="/beratung")
Reviewer = Annotated[Person, Depends(require("review"))]
Key = Annotated[str, Path(max_length=64)]
HERE = "/konsole/beratung"


@router.get("")
async def show(request: Request, who: Reviewer, erledigt: str = "") -> Response:
    return await _page(request, who, erledigt=erledigt)


@router.post("/dienst")
async def duty(request: Request, who: Reviewer, an: Annotated[str, Form()] = "", name: Annotated[str, Form()] = "") -> Response:
    console: Console = request.app.state.console
    try:
        await console.gateway.duty(who.name, bool(an), " ".join(name.split()))
    except BadInput:
        return await _page(request, who, BadInput("Der Name darf höchstens 40 Zeichen haben."))
    await run_in_threadpool(console.note, who.name, "beratung_dienst_an" if an else "beratung_dienst_aus")
    return RedirectResponse(f"{HERE}?erledigt={'dienst' if an else 'frei'}", 303)


@router.post("/nehmen")
async def take(request: Request, who: Reviewer, gespraech: Annotated[str, Form(max_length=64)] = "") -> Response:
    console: Console = request.app.state.console
    try:
        await console.gateway.take(who.name, gespraech)
    except (Conflict, NotFound) as refused:
        return await _page(request, who, refused)
    await run_in_threadpool(console.note, who.name, "beratung_uebernommen", console.stored.alias(gespraech))
    return RedirectResponse(f"{HERE}/{quote(gespraech, safe='')}", 303)


@router.post("/rueckruf")
async def called_back(request: Request, who: Reviewer, gespraech: Annotated[str, Form(max_length=64)] = "") -> Response:
    console: Console = request.app.state.console
    try:
        await console.gateway.called_back(gespraech)
    except NotFound as refused:
        return await _page(request, who, refused)
    await run_in_threadpool(console.note, who.name, "rueckruf_erledigt", console.stored.alias(gespraech))
    return RedirectResponse(f"{HERE}?erledigt=rueckruf", 303)


async def _page(request: Request, who: Person, refused: LotseError | None = None, erledigt: str = "") -> Response:
    console: Console = request.app.state.console
    desk = await console.gateway.overview(who.name)
    for one in (*desk["wartend"], *desk["laufend"], *desk["rueckrufe"]):
        _timed(one, console.clock())
    return console.pages.show(
        request, "beratung.html", who, refused.status if refused else 200, b=desk, fehler=str(refused or ""), erledigt=erledigt
    )  # fmt: skip


def _timed(one: dict[str, Any], now: datetime) -> None:
    """``seit`` becomes a moment of the city, ``minuten`` and ``code`` what is shown of it."""
    since = datetime.fromtimestamp(one["seit"], ZONE)
    one |= {"seit": since, "minuten": max(0, int((now - since).total_seconds() // 60))}
