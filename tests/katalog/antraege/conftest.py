"""The applications on a real SQLite and a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import Desk
from sqlalchemy.engine import Engine

from katalog.applications.tables import metadata


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Iterator[Desk]:
    """Empty tables."""
    yield Desk(engine, tmp_path)
    metadata.drop_all(engine)
