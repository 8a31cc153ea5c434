"""Services, offices, example questions and checklists in SQL: SQLite in one file, or PostgreSQL. One writing process."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.engine import Connection, Engine

from core import database
from core.settings import Settings

metadata = MetaData()
# ``herkunft`` is the name of the import a record came from; --replace replaces within it.
leistung = Table("leistung", metadata, Column("id", String(80), primary_key=True),
                 Column("herkunft", String(200), nullable=False, index=True), Column("record", JSON, nullable=False))  # fmt: skip
stelle = Table("stelle", metadata, Column("id", String(80), primary_key=True),
               Column("herkunft", String(200), nullable=False, index=True), Column("record", JSON, nullable=False))  # fmt: skip
beispielfragen = Table("beispielfragen", metadata, Column("id", String(80)), Column("herkunft", String(200)),
                       Column("record", JSON, nullable=False), PrimaryKeyConstraint("id", "herkunft"))  # fmt: skip
checkliste = Table("checkliste", metadata, Column("id", String(80), primary_key=True),
                   Column("herkunft", String(200), nullable=False, index=True), Column("record", JSON, nullable=False))  # fmt: skip
revision = Table("revision", metadata, Column("id", Integer, primary_key=True), Column("number", Integer, nullable=False))
TABLES = {"leistung": leistung, "stelle": stelle, "beispielfragen": beispielfragen, "checkliste": checkliste}

Rows = dict[str, list[dict[str, Any]]]


def engine_for(settings: Settings) -> Engine:
    """The catalogue's database."""
    return database.engine_for(settings, "catalogue")


class CatalogueStore:
    """Persists records as they were validated; each committed change has a higher revision."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        metadata.create_all(engine)
        with engine.begin() as connection:
            if connection.execute(select(revision.c.number)).first() is None:
                connection.execute(insert(revision).values(id=1, number=0))

    def revision(self) -> int:
        """The number of changes committed so far."""
        with self.engine.connect() as connection:
            return int(connection.execute(select(revision.c.number)).scalar_one())

    @contextmanager
    def change(self) -> Iterator["Change"]:
        """One transaction: all of it or nothing. The revision row is its lock, so that two imports never mix."""
        with self.engine.begin() as connection:
            connection.execute(update(revision).values(number=revision.c.number + 1))
            yield Change(connection)

    def all(self) -> tuple[int, Rows]:
        """(revision, all rows by table), read in one transaction and ordered by id."""
        with self.engine.connect() as connection:
            number = int(connection.execute(select(revision.c.number)).scalar_one())
            rows = {name: [dict(row._mapping) for row in connection.execute(select(table))] for name, table in TABLES.items()}
        # Ordered here: PostgreSQL orders by its locale, pages go by code points.
        return number, {name: sorted(found, key=lambda row: (row["id"], row["herkunft"])) for name, found in rows.items()}


class Change:
    """The writes of one import."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ids(self, kind: str, herkunft: str) -> set[str]:
        """Ids of this kind that came from this import."""
        table = TABLES[kind]
        return set(self._connection.execute(select(table.c.id).where(table.c.herkunft == herkunft)).scalars())

    def put(self, kind: str, records: dict[str, dict[str, Any]], herkunft: str) -> tuple[int, int]:
        """Adds or updates by id; gives (added, updated)."""
        table, added = TABLES[kind], 0
        for key, record in records.items():
            where = table.c.id == key
            if kind == "beispielfragen":  # several editors may add questions to one service
                where = where & (table.c.herkunft == herkunft)
            if self._connection.execute(update(table).where(where).values(record=record, herkunft=herkunft)).rowcount == 0:
                self._connection.execute(insert(table).values(id=key, record=record, herkunft=herkunft))
                added += 1
        return added, len(records) - added

    def drop(self, kind: str, ids: set[str], herkunft: str) -> None:
        """Removes these records of this import."""
        table = TABLES[kind]
        for key in ids:
            self._connection.execute(delete(table).where((table.c.id == key) & (table.c.herkunft == herkunft)))

    def count(self, kind: str) -> int:
        """How many records of this kind there are now."""
        return int(self._connection.execute(select(func.count()).select_from(TABLES[kind])).scalar_one())
