"""Local accounts: names, roles, and passwords as Argon2 hashes only."""

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from argon2.profiles import CHEAPEST, RFC_9106_LOW_MEMORY
from sqlalchemy import insert, select
from sqlalchemy.engine import Engine

from console.access.audit import note
from console.access.roles import Role
from console.access.tables import person
from console.person import Person
from core.clock import Clock
from core.errors import BadInput, Conflict
from core.settings import Settings

# BSI and NIST alike: length counts, not kinds of characters.
SHORTEST = 12


class Accounts:
    """People who may work with the console."""

    def __init__(self, engine: Engine, settings: Settings, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._hasher = PasswordHasher.from_parameters(CHEAPEST if settings.pin_cost == "test" else RFC_9106_LOW_MEMORY)
        self._nobodys = self._hasher.hash("")

    def add(self, name: str, password: str, role: Role, by: str) -> None:
        """A new person. Raises BadInput for a short password, Conflict where the name is taken."""
        if len(password) < SHORTEST:
            raise BadInput(f"Das Passwort ist zu kurz: mindestens {SHORTEST} Zeichen.")
        with self._engine.begin() as connection:
            if connection.execute(select(person.c.name).where(person.c.name == name)).first():
                raise Conflict(f"„{name}“ gibt es schon.")
            now = self._clock()
            connection.execute(insert(person).values(name=name, passwort=self._hasher.hash(password), rolle=role, aktiv=True, angelegt=now))
            note(connection, now, by, "person_angelegt", name, rolle=role)

    def proven(self, name: str, password: str) -> Person | None:
        """The person, if name and password fit; as long a work where there is no such name."""
        with self._engine.connect() as connection:
            row = connection.execute(select(person).where(person.c.name == name)).first()
        try:
            self._hasher.verify(row.passwort if row else self._nobodys, password)
        except VerifyMismatchError:
            return None
        return Person(row.name, row.rolle) if row and row.aktiv else None
