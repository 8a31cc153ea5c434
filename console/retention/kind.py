"""What is kept for a number of days: each part of the console says how to count and how to delete its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, delete, func, select
from sqlalchemy.engine import Connection

# Rows deleted in one transaction: SQLite's only writer waits no longer than for these.
AT_ONCE = 500
DEFAULT = 90


@dataclass(frozen=True)
class Kind:
    """One kind. ``name``: fixed, for the settings; ``label``: German, plural, for the page. Days between ``least`` and ``most``.

    ``count``: rows before a moment. ``oldest``: the moment of the oldest row, null where there is none. ``delete``: deletes at most
    AT_ONCE rows before a moment with all that belongs to them and returns how many. None of them sees what is preserved.
    """

    name: str
    label: str
    count: Callable[[Connection, datetime], int]
    oldest: Callable[[Connection], datetime | None]
    delete: Callable[[Connection, datetime], int]
    least: int = 1
    most: int = 365


def rows_of(name: str, label: str, table: Table, moment: Column, *conditions: Any, least: int = 1, most: int = 365) -> Kind:
    """A kind whose rows stand in one table, of which ``moment`` says how old they are; only those that fulfil ``conditions`` go.

    What belongs to a row has to hang on it by a foreign key with ON DELETE CASCADE.
    """
    (key,) = table.primary_key.columns

    def count(connection: Connection, before: datetime) -> int:
        return int(connection.execute(select(func.count()).select_from(table).where(moment < before, *conditions)).scalar_one())

    def oldest(connection: Connection) -> datetime | None:
        return connection.execute(select(func.min(moment)).where(*conditions)).scalar()

    def remove(connection: Connection, before: datetime) -> int:
        going = select(key).where(moment < before, *conditions).order_by(moment).limit(AT_ONCE)
        # The conditions once more: somebody may have preserved a row since.
        return int(connection.execute(delete(table).where(key.in_(going), *conditions)).rowcount)

    return Kind(name, label, count, oldest, remove, least, most)
