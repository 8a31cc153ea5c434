"""Reads the trail: filtered, page by page, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Engine, Row

from console.access.audit import AT_ONCE, Verified, verify
from console.access.tables import protokoll
from core.clock import ZONE

ON_A_PAGE = 50


@dataclass(frozen=True)
class Asked:
    """What is looked for; empty: all. ``von`` and ``bis``: days of the city, both included."""

    wer: str = ""
    was: str = ""
    bezug: str = ""
    von: date | None = None
    bis: date | None = None

    def conditions(self) -> list[Any]:
        """As conditions on the table."""
        found = [column == value for column, value in ((protokoll.c.wer, self.wer), (protokoll.c.was, self.was)) if value]
        if self.bezug:
            found.append(protokoll.c.bezug.contains(self.bezug, autoescape=True))
        if self.von:
            found.append(protokoll.c.wann >= _begin(self.von))
        if self.bis and self.bis < date.max:
            found.append(protokoll.c.wann < _begin(self.bis + timedelta(days=1)))
        return found


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)


class Trail:
    """The trail as it is shown and given out."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, asked: Asked, before: int | None) -> tuple[list[Row], int | None]:
        """(rows, where the next page begins): those with an id below ``before``, newest first."""
        query = select(protokoll).where(*asked.conditions()).order_by(protokoll.c.id.desc()).limit(ON_A_PAGE + 1)
        if before is not None:
            query = query.where(protokoll.c.id < before)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return rows[:ON_A_PAGE], rows[ON_A_PAGE - 1].id if len(rows) > ON_A_PAGE else None

    def rows(self, asked: Asked) -> Iterator[Row]:
        """All of them, oldest first; a connection is held no longer than for one part of them."""
        last = 0
        while True:
            query = select(protokoll).where(protokoll.c.id > last, *asked.conditions()).order_by(protokoll.c.id).limit(AT_ONCE)
            with self._engine.connect() as connection:
                found = connection.execute(query).all()
            yield from found
            if len(found) < AT_ONCE:
                return
            last = found[-1].id

    def choices(self) -> tuple[list[str], list[str]]:
        """(who, what): all that occur, to choose from."""
        with self._engine.connect() as connection:
            return (
                [row[0] for row in connection.execute(select(protokoll.c.wer).distinct().order_by(protokoll.c.wer))],
                [row[0] for row in connection.execute(select(protokoll.c.was).distinct().order_by(protokoll.c.was))],
            )

    def verified(self) -> Verified:
        """Whether the chain is whole."""
        with self._engine.connect() as connection:
            return verify(connection)
