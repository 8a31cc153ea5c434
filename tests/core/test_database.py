"""What every room's database has in common."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from core.database import engine_for
from core.settings import Settings


def test_an_error_does_not_tell_what_was_to_be_written(tmp_path: Path) -> None:
    with pytest.raises(OperationalError) as told, engine_for(Settings(home=tmp_path), "probe").begin() as connection:
        connection.execute(text("INSERT INTO nirgends VALUES (:text)"), {"text": "Erika Musterfrau"})
    assert "Musterfrau" not in str(told.value)


def test_sqlite_keeps_foreign_keys_and_takes_along_what_belongs_to_a_row(tmp_path: Path) -> None:
    engine = engine_for(Settings(home=tmp_path), "probe")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE a (id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE b (a INTEGER REFERENCES a ON DELETE CASCADE)"))
        connection.execute(text("INSERT INTO a VALUES (1)"))
        connection.execute(text("INSERT INTO b VALUES (1)"))
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text("INSERT INTO b VALUES (2)"))
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM a"))
        assert connection.execute(text("SELECT count(*) FROM b")).scalar_one() == 0
