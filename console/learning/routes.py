"""The learning loop over HTTP: cases, the change they make, candidates, going live and back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from console.guard import require
from console.learning.candidates import RUNNING
from console.learning.cases import case_of
from console.learning.patch import patch
from console.learning.progress import STEPS
from console.parts import Console
from console.person import Person
from core.errors import Conflict
from core.settings import PROJECT

router = APIRouter()
Reviewer = Annotated[Person, Depends(require("review"))]
Trainer = Annotated[Person, Depends(require("train"))]
# Sentences that got better or worse, on the page.
SHOWN = 50


def _console(request: Request) -> Console:
    console: Console = request.app.state.console
    return console


@router.get("/lernen")
async def overview(request: Request, who: Reviewer) -> Response:
    console = _console(request)
    cases = await run_in_threadpool(console.cases.kept)
    candidates = await run_in_threadpool(console.candidates.all)
    live: list[int] = next((one.row.faelle for one in candidates if one.live), [])
    running = any(one.fortschritt is not None and one.fortschritt.zustand == "laeuft" for one in candidates)
    return console.pages.show(
        request, "lernen.html", who, faelle=cases, kandidaten=candidates, stand=console.candidates.stand(), live=set(live), laeuft=running,
        wechsel=console.candidates.change(), titel=await console.conversations.titles.all(),
    )  # fmt: skip


def _patch(console: Console) -> str:
    return patch(PROJECT, [case_of(row) for row in reversed(console.cases.kept())])


@router.get("/lernen/aenderungen")
async def changes(request: Request, who: Reviewer) -> Response:
    console = _console(request)
    return console.pages.show(request, "aenderungen.html", who, zeilen=(await run_in_threadpool(_patch, console)).splitlines())


@router.get("/lernen/aenderungen.patch")
async def changes_as_patch(request: Request, who: Reviewer) -> Response:
    text = await run_in_threadpool(_patch, _console(request))
    headers = {"Content-Disposition": 'attachment; filename="gelernt.patch"', "Cache-Control": "no-store"}
    return Response(text.encode(), media_type="text/x-diff; charset=utf-8", headers=headers)


@router.post("/lernen/faelle/{key}/zurueckziehen")
async def withdraw(request: Request, who: Reviewer, key: int) -> Response:
    await run_in_threadpool(_console(request).cases.withdraw, key, who)
    return RedirectResponse("/konsole/lernen", 303)


@router.post("/lernen/kandidaten")
async def train(request: Request, who: Trainer) -> Response:
    console = _console(request)
    if console.job.running:
        raise Conflict(RUNNING)
    folder = await run_in_threadpool(console.candidates.request, who)
    console.job.start(folder)  # here and not in a thread: see Job.start
    return RedirectResponse(f"/konsole/lernen/kandidaten/{folder.name[1:]}", 303)


@router.get("/lernen/kandidaten/{key}")
async def candidate(request: Request, who: Reviewer, key: int) -> Response:
    console = _console(request)
    running = console.job.running  # asking takes an ended job off the kernel's list
    one = await run_in_threadpool(console.candidates.one, key)
    stand = console.candidates.stand()
    better, worse = one.bericht.veraendert() if one.bericht else ([], [])
    return console.pages.show(
        request, "kandidat.html", who, eins=one, bericht=one.bericht, fortschritt=one.fortschritt, schritte=STEPS, besser=better[:SHOWN],
        schlechter=worse[:SHOWN], mehr_besser=len(better), mehr_schlechter=len(worse), hindernisse=one.hindernisse(who, stand.live),
        protokoll=await run_in_threadpool(console.candidates.log, key), wechsel=console.candidates.change(), stand=stand,
        startet=running and one.fortschritt is None, titel=await console.conversations.titles.all(),
    )  # fmt: skip


@router.get("/lernen/kandidaten/{key}/stand")
async def progress(request: Request, who: Reviewer, key: int) -> JSONResponse:
    """For the page's script: when this changes, the page is loaded anew."""
    console = _console(request)
    _ = console.job.running  # as above
    one = await run_in_threadpool(console.candidates.one, key)
    told = one.fortschritt.model_dump(include={"zustand", "schritt", "anteil"}) if one.fortschritt else {}
    return JSONResponse(told | {"wechsel": console.candidates.change().get("zustand", ""), "live": one.live})


@router.post("/lernen/kandidaten/{key}/annehmen")
async def accept(request: Request, who: Trainer, key: int, text: Annotated[str, Form()] = "") -> Response:
    await run_in_threadpool(_console(request).candidates.accept, key, text, who)
    return RedirectResponse(f"/konsole/lernen/kandidaten/{key}", 303)


@router.post("/lernen/kandidaten/{key}/live")
async def put_live(request: Request, who: Trainer, key: int) -> Response:
    await run_in_threadpool(_console(request).candidates.put_live, key, who)
    return RedirectResponse(f"/konsole/lernen/kandidaten/{key}", 303)


@router.post("/lernen/zurueck")
async def back(request: Request, who: Trainer) -> Response:
    await run_in_threadpool(_console(request).candidates.back, who)
    return RedirectResponse("/konsole/lernen", 303)
