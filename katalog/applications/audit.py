"""The audit trail: who did what to which draft or case. Its changes of status are a case's history."""

from datetime import datetime
from typing import Literal

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from katalog.applications.schemas import Status
from katalog.applications.tables import protokoll

# Who: a citizen, who is never named, or the catalogue itself; staff are named by themselves.
CITIZEN, SYSTEM = "antragsteller", "lotse"
Deed = Literal[
    "begonnen", "geaendert", "hochgeladen", "code_erzeugt", "fortgesetzt", "entwurf_geloescht", "abgesendet", "aufgelistet",
    "eingesehen", "ausgegeben", "status", "angaben_geloescht",
]  # fmt: skip


def note(connection: Connection, now: datetime, wer: str, was: Deed, bezug: str, status: Status | None = None) -> None:
    """One entry, in the transaction of the deed itself."""
    connection.execute(insert(protokoll).values(wann=now, wer=wer, was=was, bezug=bezug, status=status))


def history(connection: Connection, vorgangsnummer: str) -> list[tuple[Status, datetime]]:
    """The statuses of a case with their moments, oldest first."""
    changes = select(protokoll.c.status, protokoll.c.wann).where(protokoll.c.bezug == vorgangsnummer, protokoll.c.status.is_not(None))
    return [(row.status, row.wann) for row in connection.execute(changes.order_by(protokoll.c.id))]
