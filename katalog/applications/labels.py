"""Values as people read them: titles instead of names, German days and numbers. The schema is the one that they were asked by."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from katalog.applications.attachments import Attached
from katalog.applications.forms import Schema
from katalog.applications.inbox_schemas import Angabe
from katalog.applications.texts import texts
from katalog.applications.values import Values


def labelled(schema: Schema, values: Values, attached: Iterable[Attached]) -> list[Angabe]:
    """One entry a value, in the order of the form."""
    names = {one.id: f"{one.name} ({size(one.groesse)})" for one in attached}
    return [
        Angabe(feld=feld, titel=asked["title"], text=names.get(str(values[feld])) or _told(asked, values[feld]))
        for feld, asked in schema["properties"].items()
        if feld in values
    ]


def _told(asked: Schema, value: Any) -> str:
    titles = {(type(one["const"]), one["const"]): str(one["title"]) for one in asked.get("oneOf", [])}
    if (type(value), value) in titles:
        return titles[type(value), value]
    if isinstance(value, bool):
        return texts().ja if value else texts().nein
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    if asked.get("format") == "date":
        return day(date.fromisoformat(str(value)))
    return str(value)


def day(value: date) -> str:
    """03.04.2026"""
    return f"{value:%d.%m.%Y}"


def moment(value: datetime) -> str:
    """03.04.2026, 14:05 Uhr"""
    return f"{value:%d.%m.%Y, %H:%M} Uhr"


def size(count: int) -> str:
    """Bytes as "120 kB" or "1,5 MB"."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / 1_000_000:.1f} MB".replace(".", ",")
