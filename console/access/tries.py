"""Wrong tries to sign in: who guesses waits, also after a restart and at another replica."""

from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine

from console.access.tables import versuch
from core.clock import Clock
from core.errors import TooMany
from core.network import network
from core.vault import Vault

# Four rounds an hour make 175,000 guesses a year: nothing against twelve characters.
MOST = 5
LOCKED = timedelta(minutes=15)
TOO_MANY = "Zu viele falsche Versuche. Bitte warten Sie 15 Minuten und versuchen Sie es dann noch einmal."


class Tries:
    """By name, whether or not there is such a person, and by address."""

    def __init__(self, engine: Engine, vault: Vault, clock: Clock) -> None:
        self._engine = engine
        self._vault = vault
        self._clock = clock

    def count(self, name: str, address: str) -> bool:
        """Counts a try before it is made, so that many at once do not all see a free place. True: it is the last one.

        Raises TooMany after five wrong ones, for 15 minutes from the last.
        """
        with self._engine.begin() as connection:
            # In the order of the keys: two at once do not lock each other out.
            counts = [self._one(connection, key) for key in sorted((self.by_name(name), self.by_address(address)))]
            if None in counts:
                raise TooMany(TOO_MANY)  # undoes what was counted for the other
        return MOST in counts

    def _one(self, connection: Connection, key: str) -> int | None:
        now = self._clock()
        insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        connection.execute(delete(versuch).where(versuch.c.schluessel == key, versuch.c.bis <= now))
        connection.execute(insert(versuch).values(schluessel=key, anzahl=0, bis=now + LOCKED).on_conflict_do_nothing())
        more = update(versuch).where(versuch.c.schluessel == key, versuch.c.anzahl < MOST)
        if not connection.execute(more.values(anzahl=versuch.c.anzahl + 1, bis=now + LOCKED)).rowcount:
            return None
        return connection.execute(versuch.select().where(versuch.c.schluessel == key)).one().anzahl

    def forgive(self, name: str, address: str | None = None) -> None:
        """After the right password: the name's tries are forgotten, the address gets this one back; its others stay counted."""
        with self._engine.begin() as connection:
            connection.execute(delete(versuch).where(versuch.c.schluessel == self.by_name(name)))
            if address is not None:
                mine = (versuch.c.schluessel == self.by_address(address)) & (versuch.c.anzahl > 0)
                connection.execute(update(versuch).where(mine).values(anzahl=versuch.c.anzahl - 1))

    def by_name(self, name: str) -> str:
        """The key of a name: one for all ways to write it."""
        return self._vault.pseudonym(f"konsole name {name.casefold()}")

    def by_address(self, address: str) -> str:
        """The key of an address; of IPv6 its /64."""
        return self._vault.pseudonym(f"konsole adresse {network(address)}")
