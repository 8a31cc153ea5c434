"""Notices for everybody who uses the chat, from a moment to a moment."""

import secrets
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from console.guard import require
from console.parts import Console
from console.person import Person
from core.clock import ZONE
from core.errors import BadInput, LotseError, NotFound

router = APIRouter(prefix="/hinweise")
Trainer = Annotated[Person, Depends(require("train"))]
Typed = Annotated[str, Form(max_length=2000)]
LONGEST = 300


@router.get("")
async def show(request: Request, who: Trainer, erledigt: str = "") -> Response:
    return await _page(request, who, erledigt=erledigt)


@router.post("")
async def add(request: Request, who: Trainer, text: Typed = "", von: Typed = "", bis: Typed = "") -> Response:
    console: Console = request.app.state.console
    key, text = secrets.token_hex(4), " ".join(text.split())
    try:
        if not text or len(text) > LONGEST:
            raise BadInput(f"Ein Hinweis hat 1 bis {LONGEST} Zeichen.")
        first, last = _moment(von), _moment(bis)
        await console.gateway.set_notice({"id": key, "text": text, "von": first.isoformat(), "bis": last.isoformat()})
    except BadInput as refused:
        return await _page(request, who, refused, text=text, von=von, bis=bis)
    angaben = {"von": first.isoformat(), "bis": last.isoformat(), "text": text}
    await run_in_threadpool(console.note, who.name, "hinweis_gesetzt", key, **angaben)
    return RedirectResponse("/konsole/hinweise?erledigt=gesetzt", 303)


@router.post("/weg")
async def remove(request: Request, who: Trainer, id: Typed = "") -> Response:
    console: Console = request.app.state.console
    try:
        await console.gateway.remove_notice(id or "-")
    except NotFound as refused:
        return await _page(request, who, refused)
    await run_in_threadpool(console.note, who.name, "hinweis_entfernt", id[:40])
    return RedirectResponse("/konsole/hinweise?erledigt=entfernt", 303)


def _moment(typed: str) -> datetime:
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=ZONE)
    except ValueError:
        raise BadInput("Bitte geben Sie Beginn und Ende mit Datum und Uhrzeit an.") from None


async def _page(
    request: Request, who: Person, refused: LotseError | None = None, text: str = "", von: str = "", bis: str = "", erledigt: str = ""
) -> Response:
    console: Console = request.app.state.console
    notices = await console.gateway.notices()
    for one in notices:
        one |= {name: datetime.fromisoformat(one[name]).astimezone(ZONE) for name in ("von", "bis")}
    return console.pages.show(
        request, "hinweise.html", who, refused.status if refused else 200, hinweise=notices, jetzt=console.clock(), laengstens=LONGEST,
        fehler=str(refused or ""), text=text, von=von or f"{console.clock():%Y-%m-%dT%H:%M}", bis=bis, erledigt=erledigt,
    )  # fmt: skip
