"""Which turns went wrong, and why."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection, Row

from console.conversations.tables import gespraech, zug

# Below it the bot's answer is a guess.
UNSURE = 0.5
# A conversation that ended on a question back was given up; before that the citizen may still be typing.
GIVEN_UP = timedelta(minutes=30)
# What stands for things said inside a form.
HIDDEN = "[Antrag]"


@dataclass(frozen=True)
class Wrong:
    """A turn that went wrong, with its reasons (score.BAD)."""

    zug: int
    gespraech: str
    text: str
    zeit: datetime
    gruende: list[str]


def wrong_turns(connection: Connection, since: datetime | None, now: datetime) -> list[Wrong]:
    """Those said after ``since`` (None: ever), in their order. Staff who try something count for nothing."""
    asked_back = _asked_back_in_vain(connection, since, now)
    doubtful = or_(zug.c.fallback, zug.c.sicherheit < UNSURE, zug.c.daumen < 0, zug.c.ohne_auskunft, zug.c.rueckfrage)
    query = select(zug).join(gespraech).where(doubtful, ~gespraech.c.pruefung).order_by(zug.c.id)
    if since is not None:
        query = query.where(zug.c.zeit > since)
    found = []
    for row in connection.execute(query):
        reasons = _reasons(row, row.id in asked_back)
        if reasons and row.text.strip() and row.text != HIDDEN:
            found.append(Wrong(row.id, row.gespraech, row.text.strip(), row.zeit, reasons))
    return found


def _reasons(row: Row, asked_back: bool) -> list[str]:
    told = {
        "daumen": row.daumen is not None and row.daumen < 0,
        "rueckfrage": asked_back,
        "unverstanden": row.fallback,
        "ohne_auskunft": row.ohne_auskunft,
        "unsicher": not row.fallback and row.sicherheit is not None and row.sicherheit < UNSURE,
    }
    return [name for name, holds in told.items() if holds]


def _asked_back_in_vain(connection: Connection, since: datetime | None, now: datetime) -> set[int]:
    """Turns that were answered by a question back, and then by another one, or by nobody: the first of each such row."""
    asking = select(zug.c.gespraech).where(zug.c.rueckfrage).distinct()
    if since is not None:
        asking = asking.where(zug.c.zeit > since)
    query = (
        select(zug.c.id, zug.c.gespraech, zug.c.rueckfrage, zug.c.text, gespraech.c.zuletzt)
        .join(gespraech).where(zug.c.gespraech.in_(asking)).order_by(zug.c.gespraech, zug.c.id)
    )  # fmt: skip
    found: set[int] = set()
    begun: Row | None = None
    before: Row | None = None
    for row in [*connection.execute(query), None]:
        if before is not None and (row is None or row.gespraech != before.gespraech):
            if begun is not None and now - before.zuletzt > GIVEN_UP:
                found.add(begun.id)
            begun = None
        if row is not None:
            if row.rueckfrage and begun is not None:
                found.add(begun.id)
            elif row.rueckfrage and row.text.strip():
                begun = row
            elif not row.rueckfrage:
                begun = None
        before = row
    return found
