"""Working through the inbox: looking, claiming a group so that nobody else works on it, taking messages out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import func, or_, select, update
from sqlalchemy.engine import Connection, Engine, Row

from console.conversations.tables import zug
from console.inbox.collect import begin_group, recount
from console.inbox.tables import eintrag, gruppe
from console.person import Person
from core.clock import Clock
from core.errors import Conflict, NotFound

CLAIMED = timedelta(minutes=10)
PAGE = 50
# Groups that are tried until one is free.
TRIES = 30


@dataclass(frozen=True)
class Line:
    """A group as the list shows it. ``text``: its newest message."""

    id: int
    text: str
    anzahl: int
    buerger: int
    gruende: list[str]
    zuletzt: datetime
    vergeben_an: str | None


class Desk:
    """The inbox on a database."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def lines(self, state: str = "offen", before: tuple[float, int] | None = None) -> tuple[list[Line], tuple[float, int] | None]:
        """A page of groups, most useful first, and where the next one goes on (None: the end)."""
        query = select(gruppe).where(gruppe.c.zustand == state, gruppe.c.anzahl > 0).order_by(gruppe.c.rang.desc(), gruppe.c.id.desc())
        if before:
            rang, key = before
            query = query.where(or_(gruppe.c.rang < rang, (gruppe.c.rang == rang) & (gruppe.c.id < key)))
        now = self._clock()
        with self._engine.connect() as connection:
            rows = connection.execute(query.limit(PAGE + 1)).all()
            said = _said(connection, [row.id for row in rows])
        lines = [
            Line(row.id, said[row.id][0], row.anzahl, row.buerger, said[row.id][1], row.zuletzt, _holder(row, now))
            for row in rows[:PAGE] if row.id in said
        ]  # fmt: skip
        return lines, (rows[PAGE - 1].rang, rows[PAGE - 1].id) if len(rows) > PAGE else None

    def waiting(self) -> tuple[int, int]:
        """(open groups, messages in them)."""
        with self._engine.connect() as connection:
            query = select(func.count(), func.coalesce(func.sum(gruppe.c.anzahl), 0))
            groups, messages = connection.execute(query.where(gruppe.c.zustand == "offen", gruppe.c.anzahl > 0)).one()
        return int(groups), int(messages)

    def group(self, key: int) -> tuple[Row, list[Row], str | None]:
        """(group, its messages, newest first, who holds it). Raises NotFound."""
        with self._engine.connect() as connection:
            row = connection.execute(select(gruppe).where(gruppe.c.id == key)).first()
            if row is None:
                raise NotFound("Diese Gruppe gibt es nicht mehr. Ihre Nachrichten sind gelöscht oder in einer anderen Gruppe.")
            messages = connection.execute(select(eintrag).where(eintrag.c.gruppe == key).order_by(eintrag.c.id.desc())).all()
        return row, messages, _holder(row, self._clock())

    def understood(self, turn: int) -> dict[str, Any]:
        """What the bot took a turn for, and what it answered: intent, confidence, service, answers; empty where it is gone."""
        columns = (zug.c.intent, zug.c.sicherheit, zug.c.leistung, zug.c.antworten, zug.c.gespraech)
        with self._engine.connect() as connection:
            row = connection.execute(select(*columns).where(zug.c.id == turn)).first()
        return dict(row._mapping) if row else {}

    def claim(self, key: int, who: Person) -> None:
        """For ten minutes nobody else works on it; claiming it once more prolongs that. Raises Conflict where somebody else was faster."""
        with self._engine.begin() as connection:
            if not self._claimed(connection, key, who):
                raise Conflict("Diese Gruppe ist schon entschieden, oder jemand anderes bearbeitet sie gerade.")

    def claim_next(self, who: Person) -> int | None:
        """The most useful group that is free, claimed; None where there is none."""
        now = self._clock()
        free = or_(gruppe.c.vergeben_bis.is_(None), gruppe.c.vergeben_bis < now, gruppe.c.vergeben_an == who.name)
        with self._engine.begin() as connection:
            query = select(gruppe.c.id).where(gruppe.c.zustand == "offen", gruppe.c.anzahl > 0, free)
            keys = connection.execute(query.order_by(gruppe.c.rang.desc(), gruppe.c.id.desc()).limit(TRIES)).scalars().all()
        for key in keys:
            with self._engine.begin() as connection:
                if self._claimed(connection, key, who):
                    return int(key)
        return None

    def _claimed(self, connection: Connection, key: int, who: Person) -> bool:
        """One statement decides: of two at once the database lets one through."""
        now = self._clock()
        free = or_(gruppe.c.vergeben_bis.is_(None), gruppe.c.vergeben_bis < now, gruppe.c.vergeben_an == who.name)
        deed = update(gruppe).where(gruppe.c.id == key, gruppe.c.zustand == "offen", free)
        return bool(connection.execute(deed.values(vergeben_an=who.name, vergeben_bis=now + CLAIMED)).rowcount)

    def release(self, key: int, who: Person) -> None:
        """Gives it back."""
        with self._engine.begin() as connection:
            mine = (gruppe.c.id == key) & (gruppe.c.vergeben_an == who.name)
            connection.execute(update(gruppe).where(mine).values(vergeben_an=None, vergeben_bis=None))

    def settle(self, connection: Connection, key: int, who: Person, state: str, decision: dict[str, Any]) -> None:
        """Ends the work on a group that this person holds. Raises Conflict where they do not hold it any more."""
        now = self._clock()
        mine = (gruppe.c.id == key) & (gruppe.c.zustand == "offen") & (gruppe.c.vergeben_an == who.name) & (gruppe.c.vergeben_bis >= now)
        values = {"zustand": state, "entscheidung": decision, "von": who.name, "am": now, "vergeben_an": None, "vergeben_bis": None}
        if not connection.execute(update(gruppe).where(mine).values(**values)).rowcount:
            raise Conflict("Sie bearbeiten diese Gruppe nicht mehr: Die zehn Minuten sind um, oder sie ist schon entschieden.")

    def take_out(self, connection: Connection, key: int, messages: Sequence[int]) -> None:
        """Each of these messages becomes a group of its own, to be decided by itself; those that are left stay together."""
        rows = connection.execute(select(eintrag).where(eintrag.c.gruppe == key, eintrag.c.id.in_(messages))).all()
        fresh = []
        for row in rows:
            vector = np.frombuffer(row.vektor, dtype=np.float16).astype(np.float32)
            fresh.append(begin_group(connection, row.zeit, vector, fest=True))
            connection.execute(update(eintrag).where(eintrag.c.id == row.id).values(gruppe=fresh[-1]))
        recount(connection, [key, *fresh])


def _holder(row: Row, now: datetime) -> str | None:
    held: str | None = row.vergeben_an if row.vergeben_bis and row.vergeben_bis >= now else None
    return held


def _said(connection: Connection, groups: Sequence[int]) -> dict[int, tuple[str, list[str]]]:
    """{group: (its newest message, all reasons of its messages)}."""
    newest = select(func.max(eintrag.c.id)).where(eintrag.c.gruppe.in_(groups)).group_by(eintrag.c.gruppe)
    texts = dict(connection.execute(select(eintrag.c.gruppe, eintrag.c.text).where(eintrag.c.id.in_(newest))).all())
    reasons: dict[int, dict[str, None]] = {}
    for key, told in connection.execute(select(eintrag.c.gruppe, eintrag.c.gruende).where(eintrag.c.gruppe.in_(groups))).all():
        reasons.setdefault(key, {}).update(dict.fromkeys(told))
    return {key: (text, list(reasons[key])) for key, text in texts.items()}
