"""The trail: who did what, when, to what. It only grows, and each row vouches for the one before it."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from console.access.tables import protokoll


def note(connection: Connection, now: datetime, wer: str, was: str, bezug: str = "", **angaben: Any) -> None:
    """One row, in the transaction of the deed itself. ``angaben``: JSON values, no personal data of citizens."""
    before = connection.execute(select(protokoll.c.kette).order_by(protokoll.c.id.desc()).limit(1)).scalar() or ""
    row = {"wann": now, "wer": wer, "was": was, "bezug": bezug, "angaben": angaben}
    connection.execute(insert(protokoll).values(**row, kette=_link(before, row)))


def _link(before: str, row: dict[str, Any]) -> str:
    told = json.dumps([before, row["wann"].timestamp(), row["wer"], row["was"], row["bezug"], row["angaben"]], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()
