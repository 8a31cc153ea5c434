"""Candidates are kept for a number of days: with their reports and files, but never the live version and the one before it."""

import shutil
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.engine import Connection

from console.learning.tables import kandidat
from console.retention.kind import AT_ONCE, Kind
from core import learned
from core.settings import Settings


def candidates_of(settings: Settings) -> Kind:
    """The kind, with the folders in this LOTSE_HOME."""

    def going(before: datetime | None) -> Any:
        stand = learned.stand(settings)
        kept = [int(name[1:]) for name in (stand.live, stand.vorher) if name[1:].isdecimal()]
        old = kandidat.c.angefordert_am < before if before else kandidat.c.id > 0
        return old & kandidat.c.id.not_in(kept)

    def count(connection: Connection, before: datetime) -> int:
        return int(connection.execute(select(func.count()).select_from(kandidat).where(going(before))).scalar_one())

    def oldest(connection: Connection) -> datetime | None:
        return connection.execute(select(func.min(kandidat.c.angefordert_am)).where(going(None))).scalar()

    def remove(connection: Connection, before: datetime) -> int:
        keys = connection.execute(select(kandidat.c.id).where(going(before)).order_by(kandidat.c.id).limit(AT_ONCE)).scalars().all()
        for key in keys:
            shutil.rmtree(learned.home(settings) / f"f{key}", ignore_errors=True)
        return int(connection.execute(delete(kandidat).where(kandidat.c.id.in_(keys))).rowcount)

    return Kind("kandidaten", "Kandidaten mit ihren Berichten", count, oldest, remove)
