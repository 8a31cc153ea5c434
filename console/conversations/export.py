"""The filtered list as a file, one row a message: CSV, XLSX, or JSON lines. Read and written piece by piece, never all at once."""

import csv
import io
import json
import tempfile
from collections.abc import Iterator
from typing import Any, Literal

from openpyxl import Workbook
from sqlalchemy import select
from sqlalchemy.engine import Engine, Row

from console.conversations.filter import Filter
from console.conversations.listing import Listing
from console.conversations.tables import zug
from console.export import safe_cell

Kind = Literal["csv", "xlsx", "jsonl"]
# An XLSX of so many rows takes half a minute to write; who needs more narrows the days.
MOST_ROWS = 50_000
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/jsonl; charset=utf-8",
}
BYTES_AT_ONCE = 64 * 1024
COLUMNS = (
    "gespraech", "begonnen", "kanal", "sprache", "pruefung", "geloest", "schlagworte", "nachricht", "zeit", "text", "knopf", "antworten",
    "intent", "sicherheit", "leistung", "leistung_titel", "fallback", "rueckfrage", "ohne_auskunft", "ausgefallen", "daumen", "grund", "ms",
    "modell",
)  # fmt: skip


def exported(kind: Kind, engine: Engine, asked: Filter, titles: dict[str, str]) -> Iterator[bytes]:
    """The file in pieces."""
    return {"csv": _csv, "xlsx": _xlsx, "jsonl": _jsonl}[kind](_records(engine, asked, titles))


def _records(engine: Engine, asked: Filter, titles: dict[str, str]) -> Iterator[dict[str, Any]]:
    listing, place, written = Listing(engine), None, 0
    while True:
        page = listing.page(asked, place)
        with engine.connect() as connection:
            ids = [one.id for one in page.rows]
            turns: dict[str, list[Row]] = {}
            for one in connection.execute(select(zug).where(zug.c.gespraech.in_(ids)).order_by(zug.c.id)):
                turns.setdefault(one.gespraech, []).append(one)
        for conversation in page.rows:
            for turn in turns.get(conversation.id, []):
                if written == MOST_ROWS:
                    return
                written += 1
                yield _record(conversation, turn, page.tags.get(conversation.id, []), titles)
        if page.older is None:
            return
        place = page.older


def _record(conversation: Row, turn: Row, tags: list[str], titles: dict[str, str]) -> dict[str, Any]:
    own = {name: getattr(turn, name) for name in COLUMNS if name in turn._fields}
    of_conversation = {name: getattr(conversation, name) for name in ("begonnen", "kanal", "pruefung", "geloest")}
    titled = {"leistung_titel": titles.get(turn.leistung or ""), "schlagworte": ", ".join(tags), "antworten": "\n\n".join(turn.antworten)}
    return {name: (own | of_conversation | titled)[name] for name in COLUMNS}


def _csv(records: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    yield "\ufeff".encode()  # by it Excel knows UTF-8
    writer.writerow(COLUMNS)
    for record in records:
        writer.writerow([safe_cell(value) for value in record.values()])
        if buffer.tell() > BYTES_AT_ONCE:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _jsonl(records: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    for record in records:
        yield json.dumps(record, ensure_ascii=False, default=lambda moment: moment.isoformat()).encode() + b"\n"


def _xlsx(records: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Gespräche")
    sheet.append(COLUMNS)
    for record in records:
        sheet.append([safe_cell(value) for value in record.values()])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while piece := file.read(BYTES_AT_ONCE):
            yield piece
