"""SQL as every room uses it: SQLite in one file a room, or PostgreSQL; short waits, moments with a zone, trails that only grow."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DDL, DateTime, Table, TypeDecorator, create_engine, event
from sqlalchemy.engine import Engine

from core.clock import ZONE
from core.settings import Settings


def engine_for(settings: Settings, room: str) -> Engine:
    """An engine with short waits: no request hangs on a locked database for more than 4 s. ``room`` names SQLite's file.

    Its errors hide what was to be written: they end up in logs.
    """
    if settings.database_url:
        return create_engine(settings.database_url, future=True, pool_pre_ping=True, hide_parameters=True,
                             connect_args={"connect_timeout": 4, "options": "-c statement_timeout=4000 -c lock_timeout=4000"})  # fmt: skip
    settings.home.mkdir(parents=True, exist_ok=True)
    place = f"sqlite:///{settings.home / f'{room}.sqlite'}"
    engine = create_engine(place, future=True, hide_parameters=True, connect_args={"timeout": 4})

    @event.listens_for(engine, "connect")
    def _wal(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")  # as PostgreSQL always does; what belongs to a row goes with it

    return engine


class Moment(TypeDecorator):
    """A moment with its zone: SQLite keeps none, so all are kept as UTC and read as the city's time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value and (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(ZONE)


def only_grows(table: Table) -> None:
    """Makes the database itself refuse to change or delete a row of ``table``."""
    name = table.name
    for deed in ("UPDATE", "DELETE"):
        event.listen(table, "after_create", DDL(
            f"CREATE TRIGGER {name}_{deed.lower()} BEFORE {deed} ON {name} BEGIN SELECT RAISE(ABORT, '{name} only grows'); END"
        ).execute_if(dialect="sqlite"))  # fmt: skip
    event.listen(table, "after_create", DDL(
        f"CREATE OR REPLACE FUNCTION {name}_waechst() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{name} only grows'; END $$"
    ).execute_if(dialect="postgresql"))  # fmt: skip
    event.listen(table, "after_create", DDL(
        f"CREATE TRIGGER {name}_waechst BEFORE UPDATE OR DELETE ON {name} FOR EACH ROW EXECUTE FUNCTION {name}_waechst()"
    ).execute_if(dialect="postgresql"))  # fmt: skip
