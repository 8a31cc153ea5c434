"""The page of one conversation, and what staff note on it."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from console.conversations.transcript import transcript
from console.guard import require
from console.parts import Console
from console.person import Person

router = APIRouter()
Reader = Annotated[Person, Depends(require("read"))]
Reviewer = Annotated[Person, Depends(require("review"))]
Key = Annotated[str, Path(max_length=64)]
Yes = Annotated[str, Form(max_length=4)]
Words = Annotated[str, Form(max_length=4000)]


@router.get("/gespraeche/{key}")
async def conversation(request: Request, who: Reader, key: Key) -> Response:
    console: Console = request.app.state.console
    found = await run_in_threadpool(transcript, console.engine, key)
    return console.pages.show(request, "gespraech.html", who, t=found, leistungen=await console.conversations.titles.all())


@router.post("/gespraeche/{key}/gesehen")
async def seen(request: Request, who: Reviewer, key: Key, ja: Yes = "") -> Response:
    console: Console = request.app.state.console
    await run_in_threadpool(console.conversations.notes.seen, key, who, bool(ja))
    return _back(key)


@router.post("/gespraeche/{key}/behalten")
async def preserve(request: Request, who: Reviewer, key: Key, ja: Yes = "") -> Response:
    console: Console = request.app.state.console
    await run_in_threadpool(console.conversations.notes.preserve, key, who, bool(ja))
    return _back(key)


@router.post("/gespraeche/{key}/schlagworte")
async def tag(request: Request, who: Reviewer, key: Key, name: Words = "") -> Response:
    console: Console = request.app.state.console
    await run_in_threadpool(console.conversations.notes.tag, key, who, name)
    return _back(key)


@router.post("/gespraeche/{key}/schlagworte/weg")
async def untag(request: Request, who: Reviewer, key: Key, name: Words = "") -> Response:
    console: Console = request.app.state.console
    await run_in_threadpool(console.conversations.notes.untag, key, name)
    return _back(key)


@router.post("/gespraeche/{key}/kommentare")
async def comment(
    request: Request, who: Reviewer, key: Key, text: Words = "", zug: Annotated[int | None, Form(ge=1, lt=2**31)] = None
) -> Response:
    console: Console = request.app.state.console
    await run_in_threadpool(console.conversations.notes.comment, key, who, text, zug)
    return _back(key, f"zug-{zug}" if zug else "kommentare")


@router.post("/gespraeche/{key}/kommentare/weg")
async def uncomment(request: Request, who: Reviewer, key: Key, nummer: Annotated[int, Form(ge=1, lt=2**31)]) -> Response:
    console: Console = request.app.state.console
    await run_in_threadpool(console.conversations.notes.uncomment, key, who, nummer)
    return _back(key, "kommentare")


def _back(key: str, place: str = "") -> Response:
    return RedirectResponse(f"/konsole/gespraeche/{quote(key, safe='')}" + (f"#{place}" if place else ""), 303)
