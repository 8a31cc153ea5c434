"""The first page: the figures of a week beside those of the week before; and the same as CSV."""

import csv
import io
from dataclasses import asdict
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from console.conversations.filter import Filter
from console.export import safe_cell
from console.figures.figures import Figures, figures
from console.figures.week import Week
from console.guard import require
from console.parts import Console
from console.person import Person
from core.errors import BadInput

router = APIRouter()
Reader = Annotated[Person, Depends(require("read"))]
FIRST_YEAR = 2020


@router.get("/")
async def week(request: Request, who: Reader, tag: str = "") -> Response:
    console: Console = request.app.state.console
    asked, this = _asked(console, tag), Week.of(console.clock().date())
    return console.pages.show(
        request, "woche.html", who, woche=asked, diese=this,
        jetzt=await run_in_threadpool(figures, console.engine, asked),
        vorher=await run_in_threadpool(figures, console.engine, asked.moved(-1)),
        filter=Filter(von=asked.monday, bis=asked.sunday), leistungen=await console.conversations.titles.all(),
        strom=console.conversations.reader.state,
    )  # fmt: skip


@router.get("/woche.csv")
async def table(request: Request, who: Reader, tag: str = "") -> Response:
    console: Console = request.app.state.console
    asked = _asked(console, tag)
    found = [await run_in_threadpool(figures, console.engine, one) for one in (asked, asked.moved(-1))]
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow(("zahl", "name", f"woche_{asked.monday}", f"woche_{asked.moved(-1).monday}"))
    for row in _rows(*found):
        writer.writerow([safe_cell(value) for value in row])
    name = f"woche-{asked.monday}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response("\ufeff" + buffer.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _rows(now: Figures, before: Figures) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    earlier = asdict(before)
    for figure, value in asdict(now).items():
        if not isinstance(value, list):
            rows.append((figure, "", value, earlier[figure]))
        elif figure == "tage":
            days = zip(value, earlier[figure], strict=True)
            rows += [(figure, str(day), count, count_before) for (day, count), (_, count_before) in days]
        else:
            known = dict(earlier[figure])
            rows += [(figure, name, count, known.get(name, 0)) for name, count in value]
    return rows


def _asked(console: Console, tag: str) -> Week:
    """The week of a day in the address, or the running one. Raises BadInput."""
    today = console.clock().date()
    if not tag:
        return Week.of(today)
    try:
        one = date.fromisoformat(tag)
    except ValueError:
        raise BadInput("Der Tag passt nicht. Bitte schreiben Sie ihn wie 2026-11-29.") from None
    return Week.of(min(max(one, date(FIRST_YEAR, 1, 6)), today))
