"""The list of conversations, newest first, in pages that begin behind a conversation and not at a number: the hundredth is as quick."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from sqlalchemy import Text, func, literal, select, tuple_
from sqlalchemy.engine import Connection, Engine, Row

from console.conversations.filter import Filter
from console.conversations.tables import gespraech, schlagwort
from core.database import Moment
from core.errors import BadInput

PER_PAGE = 50
# Beyond it nobody needs the number, and counting takes time.
MOST_COUNTED = 1000
_EPOCH = datetime.fromtimestamp(0, UTC)
_ORDER = (gespraech.c.begonnen, gespraech.c.id)


@dataclass(frozen=True)
class Place:
    """A conversation in the order of the list."""

    begonnen: datetime
    id: str

    @classmethod
    def read(cls, text: str) -> Self:
        """From the address. Raises BadInput."""
        moment, _, key = text.partition("~")
        try:
            return cls(_EPOCH + timedelta(microseconds=int(moment)), key[:64])
        except (ValueError, OverflowError):
            raise BadInput("Diese Seite der Liste gibt es nicht.") from None

    def __str__(self) -> str:
        return f"{(self.begonnen - _EPOCH) // timedelta(microseconds=1)}~{self.id}"

    def key(self) -> Any:
        """For the comparison in SQL."""
        return tuple_(literal(self.begonnen, Moment), literal(self.id, Text))


@dataclass(frozen=True)
class Page:
    """Rows of the list with their tags by conversation; ``older`` and ``newer``: where the next pages begin, null at the ends."""

    rows: list[Row]
    tags: dict[str, list[str]]
    older: Place | None
    newer: Place | None


class Listing:
    """Reads; every method is one connection."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, asked: Filter, behind: Place | None = None, before: Place | None = None) -> Page:
        """The page behind (older than) a place, or before (newer than) one, or the first."""
        with self._engine.connect() as connection:
            back = before is not None and behind is None
            rows = self._rows(connection, asked, before if back else behind, back, PER_PAGE + 1)
            more, rows = len(rows) > PER_PAGE, rows[:PER_PAGE]
            rows = rows[::-1] if back else rows
            older = _place(rows[-1:]) if back or more else None
            newer = _place(rows[:1]) if (more if back else behind) else None
            return Page(rows, self._tags(connection, [one.id for one in rows]), older, newer)

    def _rows(self, connection: Connection, asked: Filter, place: Place | None, back: bool, most: int) -> list[Row]:
        wanted = select(gespraech).where(*asked.conditions(connection)).limit(most)
        if place:
            wanted = wanted.where(tuple_(*_ORDER) > place.key() if back else tuple_(*_ORDER) < place.key())
        ordered = [one.asc() if back else one.desc() for one in _ORDER]
        return list(connection.execute(wanted.order_by(*ordered)))

    def _tags(self, connection: Connection, ids: list[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in connection.execute(select(schlagwort).where(schlagwort.c.gespraech.in_(ids)).order_by(schlagwort.c.name)):
            found.setdefault(row.gespraech, []).append(row.name)
        return found

    def count(self, asked: Filter) -> int:
        """How many there are; MOST_COUNTED + 1 stands for more."""
        with self._engine.connect() as connection:
            some = select(gespraech.c.id).where(*asked.conditions(connection)).limit(MOST_COUNTED + 1).subquery()
            return int(connection.execute(select(func.count()).select_from(some)).scalar_one())

    def tags(self) -> list[str]:
        """All tags that there are."""
        with self._engine.connect() as connection:
            return list(connection.execute(select(schlagwort.c.name).distinct().order_by(schlagwort.c.name)).scalars())


def _place(rows: list[Row]) -> Place | None:
    return Place(rows[0].begonnen, rows[0].id) if rows else None
