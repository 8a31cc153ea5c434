"""Full-text search over what citizens wrote: FTS5 on SQLite, a GIN index on PostgreSQL, over the same words (words.py): the same results.

All words of a query have to stand in one message, each at the beginning of a word: „ausweis“ finds „Ausweises“.
"""

from typing import Any

from sqlalchemy import DDL, Table, column, event, select, table, text
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from console.conversations.words import searchable

INDEX = table("konsole_suche", column("rowid"))
# On PostgreSQL a column of the table itself.
COLUMN = "suche"
# A query has no more words than a person types.
MOST_WORDS = 12


def index(of: Table) -> None:
    """Makes the index with the table ``of`` (columns ``id`` and ``woerter``), and keeps it."""
    name = of.name
    for statement in (
        # The words are folded already: neither marks nor separators are left to the tokenizer.
        f"CREATE VIRTUAL TABLE {INDEX.name} USING fts5(woerter, content='{name}', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 0', detail='none')",
        f"CREATE TRIGGER {name}_dazu AFTER INSERT ON {name} BEGIN "
        f"INSERT INTO {INDEX.name}(rowid, woerter) VALUES (new.id, new.woerter); END",
        f"CREATE TRIGGER {name}_weg AFTER DELETE ON {name} BEGIN "
        f"INSERT INTO {INDEX.name}({INDEX.name}, rowid, woerter) VALUES ('delete', old.id, old.woerter); END",
        f"CREATE TRIGGER {name}_anders AFTER UPDATE OF woerter ON {name} BEGIN "
        f"INSERT INTO {INDEX.name}({INDEX.name}, rowid, woerter) VALUES ('delete', old.id, old.woerter); "
        f"INSERT INTO {INDEX.name}(rowid, woerter) VALUES (new.id, new.woerter); END",
    ):
        event.listen(of, "after_create", DDL(statement).execute_if(dialect="sqlite"))
    event.listen(of, "after_drop", DDL(f"DROP TABLE IF EXISTS {INDEX.name}").execute_if(dialect="sqlite"))
    for statement in (
        # A column and not an index over the expression, which SQLAlchemy cannot read back.
        f"ALTER TABLE {name} ADD COLUMN {COLUMN} tsvector "
        "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(woerter, ' '))) STORED",
        f"CREATE INDEX {name}_{COLUMN} ON {name} USING gin ({COLUMN})",
    ):
        event.listen(of, "after_create", DDL(statement).execute_if(dialect="postgresql"))


def matches(connection: Connection, of: Table, query: str) -> ColumnElement[Any] | None:
    """The condition that a row of ``of`` holds all words of the query; None for a query without a word."""
    words = searchable(query).split()[:MOST_WORDS]
    if not words:
        return None
    if connection.dialect.name == "sqlite":
        # Quoted: a word of the query is no operator of FTS5.
        found = " AND ".join(f'"{word}"*' for word in words)
        return of.c.id.in_(select(INDEX.c.rowid).where(text(f"{INDEX.name} MATCH :suche").bindparams(suche=found)))
    found = " & ".join(f"'{word}':*" for word in words)
    return text(f"{of.name}.{COLUMN} @@ CAST(:suche AS tsquery)").bindparams(suche=found)
