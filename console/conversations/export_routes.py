"""Exports of the filtered list."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from console.conversations.export import MEDIA, Kind, exported
from console.conversations.filter import Filter
from console.guard import require
from console.parts import Console
from console.person import Person

router = APIRouter()


@router.get("/gespraeche/export/{kind}")
async def export(request: Request, who: Annotated[Person, Depends(require("review"))], kind: Kind) -> StreamingResponse:
    console: Console = request.app.state.console
    asked = Filter.read(request.query_params)
    titles = await console.conversations.titles.all()
    # Before the first byte: also an export that breaks off was one. What was searched for may name somebody: only the fields are told.
    fields = sorted(asked.model_dump(exclude_defaults=True))
    await run_in_threadpool(console.note, who.name, "gespraeche_exportiert", kind, filter=fields)
    name = f"gespraeche-{console.clock():%Y-%m-%d}.{kind}"
    return StreamingResponse(
        exported(kind, console.engine, asked, titles), media_type=MEDIA[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip
