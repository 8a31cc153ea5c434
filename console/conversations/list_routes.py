"""The page „Gespräche“: filter, list, saved views."""

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from console.conversations.filter import Filter
from console.conversations.listing import MOST_COUNTED, Place
from console.guard import require
from console.parts import Console
from console.person import Person

router = APIRouter()
Reader = Annotated[Person, Depends(require("read"))]
LIST = "/konsole/gespraeche"


@router.get("/gespraeche")
async def conversations(request: Request, who: Reader, nach: str = "", vor: str = "") -> Response:
    console: Console = request.app.state.console
    asked, own = Filter.read(request.query_params), console.conversations
    behind, before = Place.read(nach) if nach else None, Place.read(vor) if vor else None
    page = await run_in_threadpool(own.listing.page, asked, behind, before)
    count = await run_in_threadpool(own.listing.count, asked)
    return console.pages.show(
        request, "gespraeche.html", who, filter=asked, page=page, count=count, most=MOST_COUNTED, first=not (nach or vor),
        schlagworte=[(name, name) for name in await run_in_threadpool(own.listing.tags)], leistungen=await own.titles.all(),
        ansichten=await run_in_threadpool(own.views.of, who), strom=own.reader.state,
    )  # fmt: skip


@router.post("/gespraeche/ansichten")
async def save_view(
    request: Request, who: Reader, name: Annotated[str, Form(max_length=200)] = "",
    anfrage: Annotated[str, Form(max_length=2000)] = "", geteilt: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    console: Console = request.app.state.console
    asked = Filter.read(dict(parse_qsl(anfrage)))
    await run_in_threadpool(console.conversations.views.save, who, name, asked, bool(geteilt))
    return RedirectResponse(f"{LIST}?{asked.query()}", 303)


@router.post("/gespraeche/ansichten/loeschen")
async def remove_view(request: Request, who: Reader, nummer: Annotated[int, Form()]) -> Response:
    console: Console = request.app.state.console
    await run_in_threadpool(console.conversations.views.remove, who, nummer)
    return RedirectResponse(LIST, 303)
