"""The page of the trail, and the trail as a file."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from console.access.trail import Asked
from console.export import safe_cell
from console.guard import require
from console.parts import Console
from console.person import Person
from core.errors import BadInput

router = APIRouter(prefix="/verwaltung/protokoll")
Admin = Annotated[Person, Depends(require("admin"))]
COLUMNS = ("id", "wann", "wer", "was", "bezug", "angaben", "kette")
# SQLite and PostgreSQL keep no larger number as an id.
LARGEST = 2**31 - 1


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput("Bitte geben Sie die Tage so an: 2026-11-29.") from None


def _asked(wer: str = "", was: str = "", bezug: str = "", von: str = "", bis: str = "") -> Asked:
    if "\0" in wer + was + bezug:
        raise BadInput("Dieser Filter enthält ein Zeichen, das es nicht gibt.")
    return Asked(wer[:80], was[:40], bezug[:200], _day(von), _day(bis))


Filter = Annotated[Asked, Depends(_asked)]


@router.get("")
async def trail(request: Request, who: Admin, asked: Filter, vor: Annotated[int | None, Query(ge=1, le=LARGEST)] = None) -> Response:
    console: Console = request.app.state.console
    rows, following = await run_in_threadpool(console.trail.page, asked, vor)
    people, deeds = await run_in_threadpool(console.trail.choices)
    filtered = urlencode({name: str(value) for name, value in vars(asked).items() if value})
    verified = await run_in_threadpool(console.trail.verified) if vor is None else None
    return console.pages.show(
        request, "protokoll.html", who, zeilen=rows, weiter=following, gefragt=asked, leute=people, taten=deeds, filter=filtered,
        kette=verified,
    )  # fmt: skip


@router.get("/export.csv")
async def export(request: Request, who: Admin, asked: Filter) -> Response:
    console: Console = request.app.state.console
    await run_in_threadpool(console.note, who.name, "protokoll_ausgegeben")
    headers = {"Content-Disposition": 'attachment; filename="protokoll.csv"'}
    return StreamingResponse(_lines(console, asked), media_type="text/csv; charset=utf-8", headers=headers)


def _lines(console: Console, asked: Asked) -> Iterator[str]:
    """With a byte order mark and semicolons, as German Excel expects them."""
    yield "\ufeff" + _line(COLUMNS)
    for row in console.trail.rows(asked):
        cells = dict(row._mapping) | {"angaben": json.dumps(row.angaben, ensure_ascii=False, sort_keys=True)}
        yield _line([safe_cell(cells[name]) for name in COLUMNS])


def _line(cells: "list[object] | tuple[str, ...]") -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerow(cells)
    return written.getvalue()
