"""The inbox over HTTP: list, one group, decision, tasks."""

from typing import Annotated, Any, cast, get_args

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from console.guard import require
from console.inbox.decision import Decision, Kind, Message, Part
from console.parts import Console
from console.person import Person
from core.errors import BadInput, Conflict, Unavailable

router = APIRouter()
Reviewer = Annotated[Person, Depends(require("review"))]
# Messages of a group on its page; all of them share its decision.
SHOWN = 60
SUGGESTED = 6


def _console(request: Request) -> Console:
    console: Console = request.app.state.console
    return console


@router.get("/posteingang")
async def inbox(request: Request, who: Reviewer, nach: str = "", getan: str = "") -> Response:
    console = _console(request)
    before = _place(nach)
    lines, further = await run_in_threadpool(console.desk.lines, "offen", before)
    groups, messages = await run_in_threadpool(console.desk.waiting)
    return console.pages.show(
        request, "posteingang.html", who, gruppen=lines, weiter=further and f"{further[0]!r}~{further[1]}", erste=before is None,
        anzahl=groups, nachrichten=messages, getan=getan, eingeordnet=console.collecting.last,
    )  # fmt: skip


def _place(told: str) -> tuple[float, int] | None:
    try:
        rank, _, key = told.partition("~")
        return (float(rank), int(key)) if told else None
    except ValueError:
        raise BadInput("Diese Seite der Liste gibt es nicht.") from None


@router.post("/posteingang/naechste")
async def next_one(request: Request, who: Reviewer) -> Response:
    key = await run_in_threadpool(_console(request).desk.claim_next, who)
    return RedirectResponse(f"/konsole/posteingang/{key}" if key else "/konsole/posteingang?getan=leer", 303)


@router.get("/posteingang/leistungen")
async def services(request: Request, who: Reviewer, q: str = "") -> JSONResponse:
    return JSONResponse(await _services(_console(request), q) or [])


@router.get("/posteingang/{group}")
async def one(request: Request, who: Reviewer, group: int) -> Response:
    return await _page(request, who, group, {})


@router.post("/posteingang/{group}/uebernehmen")
async def claim(request: Request, who: Reviewer, group: int) -> Response:
    await run_in_threadpool(_console(request).desk.claim, group, who)
    return RedirectResponse(f"/konsole/posteingang/{group}", 303)


@router.post("/posteingang/{group}/zuruecklegen")
async def release(request: Request, who: Reviewer, group: int) -> Response:
    await run_in_threadpool(_console(request).desk.release, group, who)
    return RedirectResponse("/konsole/posteingang", 303)


@router.post("/posteingang/{group}/suche")
async def search(request: Request, who: Reviewer, group: int) -> Response:
    """The page once more with services found; what was filled in stays."""
    return await _page(request, who, group, {key: str(value) for key, value in (await request.form()).items()})


@router.post("/posteingang/{group}")
async def decide(request: Request, who: Reviewer, group: int) -> Response:
    console, given = _console(request), {key: str(value) for key, value in (await request.form()).items()}
    try:
        await run_in_threadpool(console.decisions.decide, group, who, _decision(given))
    except (BadInput, Conflict) as error:
        return await _page(request, who, group, given, str(error), error.status)
    if given.get("weiter"):
        return await next_one(request, who)
    return RedirectResponse("/konsole/posteingang?getan=entschieden", 303)


def _decision(given: dict[str, str]) -> Decision:
    if given.get("art") not in get_args(Kind):
        raise BadInput("Bitte wählen Sie, was mit den Nachrichten geschehen soll.")
    messages = [
        Message(int(key.removeprefix("teil_")), given.get(key.replace("teil_", "text_", 1), ""), cast(Part, part))
        for key, part in given.items() if key.startswith("teil_") and key[5:].isdecimal() and part in get_args(Part)
    ]  # fmt: skip
    own = [line.strip() for line in given.get("eigene", "").splitlines() if line.strip()]
    intent, service, remark = given.get("absicht", ""), given.get("leistung") or None, given.get("notiz", "")
    return Decision(cast(Kind, given["art"]), messages, intent, service, own, remark)


async def _services(console: Console, text: str) -> list[dict[str, str]] | None:
    """Services for a text, best first; None where the catalogue does not answer."""
    if not text.strip():
        return []
    try:
        found = await console.catalogue.search(text, limit=SUGGESTED)
    except Unavailable:
        return None
    return [{"id": hit.id, "titel": hit.titel} for hit in (found.treffer or found.naechste)]


async def _page(request: Request, who: Person, group: int, given: dict[str, str], wrong: str = "", status: int = 200) -> Response:
    console = _console(request)
    row, messages, holder = await run_in_threadpool(console.desk.group, group)
    guess: dict[str, Any] = await run_in_threadpool(console.desk.understood, messages[0].zug) if messages else {}
    asked = given.get("suche", "") or (messages[0].text if messages else "")
    return console.pages.show(
        request, "gruppe.html", who, status, gruppe=row, nachrichten=messages[:SHOWN], weitere=max(len(messages) - SHOWN, 0),
        halter=holder, meine=holder == who.name and row.zustand == "offen", verstanden=guess, gegeben=given,
        gefunden=await _services(console, asked), fehler=wrong,
    )  # fmt: skip


@router.get("/aufgaben")
async def tasks(request: Request, who: Reviewer) -> Response:
    console = _console(request)
    return console.pages.show(request, "aufgaben.html", who, aufgaben=await run_in_threadpool(console.decisions.tasks))


@router.post("/aufgaben/{key}")
async def task(request: Request, who: Reviewer, key: int, zustand: Annotated[str, Form()] = "") -> Response:
    await run_in_threadpool(_console(request).decisions.task, key, zustand, who)
    return RedirectResponse("/konsole/aufgaben", 303)
