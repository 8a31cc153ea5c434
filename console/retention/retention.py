"""Keeps each kind for its days and deletes what is older."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Engine, Row
from sqlalchemy.exc import SQLAlchemyError

from console.access.audit import lock, note
from console.retention.kind import DEFAULT, Kind
from console.retention.tables import frist, lauf
from core.clock import ZONE, Clock
from core.errors import BadInput

logger = logging.getLogger(__name__)
# Who it was, in the trail.
BY = "lotse"
# Runs that the page shows.
SHOWN = 14


@dataclass(frozen=True)
class Going:
    """What goes next of a kind: ``count`` rows on ``day``, the oldest from ``oldest``; none where nothing is kept.

    ``due``: those that are too old already.
    """

    kind: Kind
    days: int
    due: int
    day: date | None
    count: int
    oldest: datetime | None


class Retention:
    """``kinds``: of all parts of the console."""

    def __init__(self, engine: Engine, clock: Clock, kinds: Sequence[Kind]) -> None:
        self._engine = engine
        self._clock = clock
        self.kinds = kinds

    def days(self) -> dict[str, int]:
        """{kind: days}."""
        with self._engine.connect() as connection:
            changed = {row.art: row.tage for row in connection.execute(select(frist))}
        return {kind.name: changed.get(kind.name, DEFAULT) for kind in self.kinds}

    def set_days(self, wanted: Mapping[str, int], by: str) -> None:
        """Changes them. Raises BadInput where one is out of its bounds; then none is changed."""
        for kind in self.kinds:
            days = wanted.get(kind.name, DEFAULT)
            if not kind.least <= days <= kind.most:
                raise BadInput(f"„{kind.label}“: Bitte geben Sie {kind.least} bis {kind.most} Tage an.")
        before = self.days()
        with self._engine.begin() as connection:
            lock(connection)
            for kind in self.kinds:
                days = wanted.get(kind.name, before[kind.name])
                if days == before[kind.name]:
                    continue
                if not connection.execute(update(frist).where(frist.c.art == kind.name).values(tage=days)).rowcount:
                    connection.execute(insert(frist).values(art=kind.name, tage=days))
                note(connection, self._clock(), by, "frist_geaendert", kind.name, vorher=before[kind.name], tage=days)

    def preview(self) -> list[Going]:
        """What goes next, for each kind."""
        now, kept, found = self._clock(), self.days(), []
        with self._engine.connect() as connection:
            for kind in self.kinds:
                days = kept[kind.name]
                oldest, due = kind.oldest(connection), kind.count(connection, now - timedelta(days=days))
                if oldest is None:
                    found.append(Going(kind, days, due, None, 0, None))
                    continue
                # The first night after its last day; what is due already goes with the next run.
                day = max((oldest + timedelta(days=days)).astimezone(ZONE).date(), now.astimezone(ZONE).date()) + timedelta(days=1)
                at_its_beginning = datetime.combine(day, time(), ZONE) - timedelta(days=days)
                found.append(Going(kind, days, due, day, kind.count(connection, at_its_beginning), oldest))
        return found

    def run(self) -> dict[str, int]:
        """Deletes what is too old, {kind: how many}; each kind for itself: one that fails does not keep the others. Never raises."""
        begun, gone, failed = self._clock(), {}, None
        for kind in self.kinds:
            try:
                gone[kind.name] = self._delete(kind, begun)
            except Exception as error:
                # The type only: an error of the database may hold what stands in a row.
                logger.error("retention of %s failed: %s", kind.name, type(error).__name__)
                failed = type(error).__name__
        try:
            with self._engine.begin() as connection:
                ended = self._clock()
                connection.execute(insert(lauf).values(begonnen=begun, beendet=ended, geloescht=gone, fehler=failed))
                told: dict[str, Any] = gone | ({"fehler": failed} if failed else {})
                note(connection, ended, BY, "aufbewahrung_gelaufen", **told)
        except SQLAlchemyError as error:
            logger.error("retention could not be noted: %s", type(error).__name__)
        return gone

    def _delete(self, kind: Kind, now: datetime) -> int:
        before, all_gone = now - timedelta(days=self.days()[kind.name]), 0
        while True:
            with self._engine.begin() as connection:
                gone = kind.delete(connection, before)
            if not gone:
                return all_gone
            all_gone += gone

    def runs(self) -> list[Row]:
        """The last runs, newest first."""
        with self._engine.connect() as connection:
            return list(connection.execute(select(lauf).order_by(lauf.c.id.desc()).limit(SHOWN)).all())

    def is_due(self) -> bool:
        """Whether no run went well today. Raises SQLAlchemyError."""
        midnight = datetime.combine(self._clock().astimezone(ZONE).date(), time(), ZONE)
        with self._engine.connect() as connection:
            well = select(lauf.c.id).where(lauf.c.begonnen >= midnight, lauf.c.fehler.is_(None)).limit(1)
            return connection.execute(well).first() is None
