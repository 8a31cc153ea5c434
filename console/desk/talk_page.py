"""One talk with a citizen, in clear, for the person whose it is and only as long."""

import secrets
from datetime import datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from console.desk.page import HERE, Key, Reviewer
from console.parts import Console
from console.person import Person
from core.clock import ZONE
from core.errors import BadInput, NotFound

router = APIRouter(prefix="/beratung")
RESULTS = ("geloest", "nicht_geloest", "weitergeleitet", "rueckruf")
LONGEST = 3000
Words = Annotated[str, Form(max_length=10_000)]


@router.get("/{key}")
async def show(request: Request, who: Reviewer, key: Key) -> Response:
    return await _page(request, who, key)


@router.post("/{key}/sagen")
async def say(request: Request, who: Reviewer, key: Key, text: Words = "", baustein: Words = "", nummer: Words = "") -> Response:
    console: Console = request.app.state.console
    said = (baustein or text).strip()
    if not said or len(said) > LONGEST:
        return await _page(request, who, key, f"Eine Nachricht hat 1 bis {LONGEST} Zeichen. Ihr Text steht noch im Feld.", said, nummer)
    try:
        await console.gateway.say(who.name, key, said, nummer)
    except NotFound:
        return _gone()
    return RedirectResponse(_here(key), 303)


@router.post("/{key}/zurueck")
async def give_back(request: Request, who: Reviewer, key: Key) -> Response:
    console: Console = request.app.state.console
    try:
        await console.gateway.give_back(who.name, key)
    except NotFound:
        return _gone()
    await run_in_threadpool(console.note, who.name, "beratung_zurueckgegeben", console.stored.alias(key))
    return RedirectResponse(f"{HERE}?erledigt=zurueck", 303)


@router.post("/{key}/schliessen")
async def close(request: Request, who: Reviewer, key: Key, ergebnis: Annotated[str, Form()] = "") -> Response:
    console: Console = request.app.state.console
    if ergebnis not in RESULTS:
        return await _page(request, who, key, "Bitte wählen Sie ein Ergebnis.")
    try:
        await console.gateway.close(who.name, key)
    except NotFound:
        return _gone()
    await run_in_threadpool(console.note, who.name, "beratung_beendet", console.stored.alias(key), ergebnis=ergebnis)
    return RedirectResponse(f"{HERE}?erledigt=beendet", 303)


def _here(key: str) -> str:
    return f"{HERE}/{quote(key, safe='')}"


def _gone() -> Response:
    return RedirectResponse(f"{HERE}?erledigt=weg", 303)


async def _page(request: Request, who: Person, key: str, fehler: str = "", text: str = "", nummer: str = "") -> Response:
    console: Console = request.app.state.console
    try:
        talk = await console.gateway.talk(who.name, key)
    except NotFound:
        return _gone()
    for line in talk["zeilen"]:
        line["moment"] = datetime.fromtimestamp(line["zeit"], ZONE)
    return console.pages.show(
        request, "beratung_gespraech.html", who, BadInput.status if fehler else 200, t=talk, hier=_here(key), fehler=fehler, text=text,
        # Of the form: sent twice, it is said once.
        nummer=nummer or secrets.token_urlsafe(12), ergebnisse=RESULTS, laengstens=LONGEST,
    )  # fmt: skip
