"""The trail: who did what, when, to what. It only grows, and each row vouches for the one before it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Row

from console.access.tables import kettenende, protokoll

# Rows read at once where the whole chain is looked at.
AT_ONCE = 2000


def note(connection: Connection, now: datetime, wer: str, was: str, bezug: str = "", **angaben: Any) -> None:
    """One row, in the transaction of the deed itself, best as its last act: until it ends, nobody else can write to the trail.

    ``angaben``: JSON values, no personal data of citizens. ``was``: at most 40 characters, ``bezug`` 200, ``wer`` 80.
    """
    end = lock(connection)
    row = {"wann": now, "wer": wer[:80], "was": was, "bezug": bezug[:200], "angaben": json.loads(json.dumps(angaben))}
    link = _link(end.kette, row)
    connection.execute(insert(protokoll).values(**row, kette=link))
    connection.execute(update(kettenende).values(kette=link, zeilen=end.zeilen + 1))


def lock(connection: Connection) -> Row:
    """The end of the chain, locked until this transaction ends: the writing comes first, so that SQLite locks as PostgreSQL does."""
    touched = update(kettenende).values(zeilen=kettenende.c.zeilen)
    if not connection.execute(touched).rowcount:
        own = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        connection.execute(own(kettenende).values(id=1, zeilen=0, kette="").on_conflict_do_nothing())
        connection.execute(touched)
    return connection.execute(select(kettenende)).one()


@dataclass(frozen=True)
class Verified:
    """``rows`` of the trail that follow from one another; ``broken``: the first that does not (0: rows are missing at the end)."""

    rows: int
    broken: int | None
    end: str

    @property
    def intact(self) -> bool:
        """Whether nothing was changed, taken out or put in."""
        return self.broken is None


def verify(connection: Connection) -> Verified:
    """Goes through the whole chain; 100,000 rows take about two seconds."""
    before, rows, last = "", 0, 0
    end = connection.execute(select(kettenende)).first()
    while True:
        # Only up to the end that was read: somebody may be writing.
        more = select(protokoll).where(protokoll.c.id > last).order_by(protokoll.c.id).limit(AT_ONCE)
        found = connection.execute(more).mappings().all()
        for row in found:
            if row["kette"] != _link(before, row):
                return Verified(rows, row["id"], before)
            before, rows, last = row["kette"], rows + 1, row["id"]
            if end and rows == end.zeilen:
                return Verified(rows, None if before == end.kette else row["id"], before)
        if not found:
            return Verified(rows, None if rows == (end.zeilen if end else 0) else 0, before)


def _link(before: str, row: Any) -> str:
    told = json.dumps([before, row["wann"].timestamp(), row["wer"], row["was"], row["bezug"], row["angaben"]], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()
