"""Sessions: a random cookie, of which only a pseudonym is kept; they end after idle minutes and after a day's work."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Engine

from console.access.audit import note
from console.access.tables import person, sitzung
from console.person import Person
from core.clock import Clock
from core.vault import Vault

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=10)


class Sessions:
    """Who is signed in."""

    def __init__(self, engine: Engine, vault: Vault, clock: Clock) -> None:
        self._engine = engine
        self._vault = vault
        self._clock = clock

    def begin(self, who: Person) -> str:
        """The cookie of a new session."""
        cookie, now = secrets.token_urlsafe(32), self._clock()
        with self._engine.begin() as connection:
            connection.execute(insert(sitzung).values(
                pseudonym=self._pseudonym(cookie), person=who.name, csrf=secrets.token_urlsafe(32), begonnen=now, zuletzt=now,
            ))  # fmt: skip
            note(connection, now, who.name, "angemeldet")
        return cookie

    def person(self, cookie: str) -> Person | None:
        """Who has this cookie, as long as the session lives and the account is active. Its use prolongs it."""
        now, mine = self._clock(), sitzung.c.pseudonym == self._pseudonym(cookie)
        with self._engine.begin() as connection:
            asked = select(sitzung, person.c.rolle, person.c.aktiv, person.c.neu_setzen).join(person)
            row = connection.execute(asked.where(mine)).first()
            if row is None or not row.aktiv or now - row.zuletzt > IDLE or now - row.begonnen > LONGEST:
                return None
            if now - row.zuletzt > timedelta(minutes=1):
                connection.execute(update(sitzung).where(mine).values(zuletzt=now))
        return Person(row.person, row.rolle, row.csrf, row.neu_setzen)

    def end(self, cookie: str, who: Person) -> None:
        """Signs out."""
        with self._engine.begin() as connection:
            connection.execute(delete(sitzung).where(sitzung.c.pseudonym == self._pseudonym(cookie)))
            note(connection, self._clock(), who.name, "abgemeldet")

    def _pseudonym(self, cookie: str) -> str:
        return self._vault.pseudonym(f"konsole {cookie[:100]}")
