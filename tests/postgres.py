"""A PostgreSQL database of its own for tests, on the server of LOTSE_TEST_POSTGRES."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError


@contextmanager
def empty_database() -> Iterator[str]:
    """Its URL; skips the test where there is no server."""
    server = os.environ.get("LOTSE_TEST_POSTGRES")
    if not server:
        pytest.skip("LOTSE_TEST_POSTGRES nennt kein PostgreSQL")
    name = f"lotse_test_{secrets.token_hex(4)}"
    admin = create_engine(server, future=True, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        try:  # ordered as in German, like a city's own server: not by code points
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'de-DE'"))
        except DBAPIError:
            connection.execute(text(f"CREATE DATABASE {name}"))
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()
