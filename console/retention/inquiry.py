"""The page for citizens' rights: what is stored of a conversation, as a page and as JSON, and its deletion.

The code travels in forms only: addresses end up in logs.
"""

import json
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from console.guard import require, require_owner
from console.parts import Console
from console.person import Person
from core.errors import BadInput, LotseError, NotFound
from core.ids import read_conversation_code

router = APIRouter()
Admin = Annotated[Person, Depends(require("admin"))]
Code = Annotated[str, Form(max_length=100)]


@router.get("/verwaltung/auskunft")
async def form(request: Request, who: Admin) -> Response:
    return _form(request, who)


@router.post("/verwaltung/auskunft")
async def show(request: Request, who: Admin, code: Code = "") -> Response:
    return await _told(request, who, code)


@router.post("/verwaltung/auskunft/json")
async def export(request: Request, who: Admin, code: Code = "") -> Response:
    console: Console = request.app.state.console
    try:
        conversation = await run_in_threadpool(console.stored.find, code)
    except LotseError as refused:
        return _form(request, who, refused, code)
    await run_in_threadpool(console.stored.note_told, conversation, who, "auskunft_ausgegeben")
    told = await run_in_threadpool(console.stored.told, conversation)
    content = json.dumps({"code": console.stored.code(conversation)} | told, ensure_ascii=False, indent=2, default=str)
    headers = {"Content-Disposition": 'attachment; filename="auskunft.json"'}
    return Response(content, media_type="application/json", headers=headers)


@router.post("/verwaltung/auskunft/loeschen")
async def delete(request: Request, who: Admin, code: Code = "", nochmal: Code = "") -> Response:
    console: Console = request.app.state.console
    if read_conversation_code(nochmal) is None or read_conversation_code(nochmal) != read_conversation_code(code):
        return await _told(request, who, code, "Die beiden Codes sind nicht gleich. Es ist nichts gelöscht.")
    try:
        conversation = await run_in_threadpool(console.stored.find, code)
        await run_in_threadpool(console.chat.delete, conversation)
        await run_in_threadpool(_deleted, console, conversation, who.name)
    except LotseError as refused:
        return _form(request, who, refused, code)
    return console.pages.show(request, "auskunft.html", who, fehler="", code="", geloescht=True)


def _deleted(console: Console, conversation: str, by: str) -> None:
    try:
        console.stored.delete(conversation, by)
    except NotFound:  # the reader of the chat's record was faster; it is deleted all the same
        console.note(by, "gespraech_geloescht", console.stored.alias(conversation))


async def _told(request: Request, who: Person, code: str, fehler: str = "") -> Response:
    console: Console = request.app.state.console
    try:
        conversation = await run_in_threadpool(console.stored.find, code)
    except LotseError as refused:
        return _form(request, who, refused, code)
    await run_in_threadpool(console.stored.note_told, conversation, who, "auskunft_angezeigt")
    told = await run_in_threadpool(console.stored.told, conversation)
    (itself,), turns = told.pop("gespraech"), told.pop("zug")
    return console.pages.show(
        request, "auskunft_gespraech.html", who, BadInput.status if fehler else 200, code=console.stored.code(conversation), fehler=fehler,
        gespraech=itself, zuege=turns, weiteres=told,
    )  # fmt: skip


def _form(request: Request, who: Person, refused: LotseError | None = None, code: str = "") -> Response:
    console: Console = request.app.state.console
    status = refused.status if refused else 200
    return console.pages.show(request, "auskunft.html", who, status, fehler=str(refused or ""), code=code, geloescht=False)


@router.get("/intern/gespraeche/{conversation}", dependencies=[Depends(require_owner)])
async def of_conversation(request: Request, conversation: str) -> dict[str, list[dict[str, object]]]:
    """What is stored, for the chat itself, which has checked whose conversation it is."""
    console: Console = request.app.state.console
    return await run_in_threadpool(console.stored.told, conversation)
