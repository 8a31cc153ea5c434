"""Failed tries, counted in the database: who guesses waits, also after a restart and at another replica."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine

from core.errors import NotFound, TooMany
from core.vault import Vault
from katalog.applications.tables import versuch
from katalog.applications.texts import texts

# Five tries against 10^8 PINs: guessing one number for a year, at four rounds an hour, hits with 0.2 %.
MOST = 5
LOCKED = timedelta(minutes=15)


class Attempts:
    """A try is counted before it is made, so that many at once do not all see a free place; one that succeeds is given back."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    @contextmanager
    def tried(self, now: datetime, *whose: str) -> Iterator[None]:
        """One try by each of ``whose``. A NotFound inside counts as failed. Raises TooMany after five of them, for 15 minutes."""
        keys = sorted({self._vault.pseudonym(f"versuch {one}") for one in whose})  # sorted: two at once do not lock each other out
        with self._engine.begin() as connection:
            if not all(self._count(connection, key, now) for key in keys):
                raise TooMany(texts().zu_viele_versuche)  # undoes what was counted for the others
        try:
            yield
        except NotFound:
            raise
        except BaseException:
            self._give_back(keys)
            raise
        self._give_back(keys)

    def _count(self, connection: Connection, key: str, now: datetime) -> bool:
        """Whether this one may try; counts it."""
        insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        connection.execute(delete(versuch).where(versuch.c.schluessel == key, versuch.c.bis <= now))
        connection.execute(insert(versuch).values(schluessel=key, anzahl=0, bis=now + LOCKED).on_conflict_do_nothing())
        counted = update(versuch).where(versuch.c.schluessel == key, versuch.c.anzahl < MOST)
        return bool(connection.execute(counted.values(anzahl=versuch.c.anzahl + 1, bis=now + LOCKED)).rowcount)

    def _give_back(self, keys: list[str]) -> None:
        with self._engine.begin() as connection:
            for key in keys:
                connection.execute(update(versuch).where(versuch.c.schluessel == key).values(anzahl=versuch.c.anzahl - 1))

    def forget(self, now: datetime) -> None:
        """Drops what has run out."""
        with self._engine.begin() as connection:
            connection.execute(delete(versuch).where(versuch.c.bis <= now))
