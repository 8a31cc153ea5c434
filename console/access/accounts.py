"""Local accounts: names, roles, and passwords as Argon2 hashes only."""

import re

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection, Engine, Row

from console.access import audit
from console.access.audit import note
from console.access.passwords import Passwords, fresh_password
from console.access.roles import Role
from console.access.tables import person, sitzung
from console.person import Person
from core.clock import Clock
from core.errors import BadInput, Conflict, NotFound
from core.settings import Settings

# No sign that another program could take for a command, and nothing to be confused by.
NAME = re.compile(r"[A-Za-zÄÖÜäöüß0-9][A-Za-zÄÖÜäöüß0-9._@-]{1,79}")
LAST_ADMIN = "Das ist die letzte Person mit der Rolle „admin“. Geben Sie diese Rolle zuerst jemand anderem."


class Accounts:
    """People who may work with the console. Whoever's password, role or access changes is signed out everywhere."""

    def __init__(self, engine: Engine, settings: Settings, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._passwords = Passwords(settings)

    def add(self, name: str, password: str, role: Role, by: str, must_change: bool = False) -> None:
        """A new person. Raises BadInput for a name or password that will not do, Conflict where the name is taken."""
        if not NAME.fullmatch(name):
            raise BadInput("Der Name hat 2 bis 80 Zeichen: Buchstaben, Ziffern, Punkt, Bindestrich, Unterstrich oder @.")
        kept = self._passwords.hashed(password, name)
        with self._engine.begin() as connection:
            audit.lock(connection)
            # „Anna“ and „anna“ would be told apart by nobody.
            if connection.execute(select(person.c.name).where(func.lower(person.c.name) == name.lower())).first():
                raise Conflict(f"„{name}“ gibt es schon.")
            now = self._clock()
            values = {"name": name, "passwort": kept, "neu_setzen": must_change, "rolle": role, "aktiv": True, "angelegt": now}
            connection.execute(insert(person).values(values))
            note(connection, now, by, "person_angelegt", name, rolle=role)

    def add_with_start_password(self, name: str, role: Role, by: str) -> str:
        """A new person, and the password to tell them: it has to be changed at the first sign-in. Raises BadInput, Conflict."""
        password = fresh_password()
        self.add(name, password, role, by, must_change=True)
        return password

    def proven(self, name: str, password: str) -> Person | None:
        """The person, if name and password fit; as long a work where there is no such name."""
        row = self._find(name)
        fits = self._passwords.fits(password, row.passwort if row else None)
        return Person(row.name, row.rolle, must_change=row.neu_setzen) if row and fits and row.aktiv else None

    def known(self, name: str) -> bool:
        """Whether there is such a person, for the trail: what was typed instead of a name may be a password."""
        return self._find(name) is not None

    def _find(self, name: str) -> Row | None:
        if not NAME.fullmatch(name):
            return None
        with self._engine.connect() as connection:
            return connection.execute(select(person).where(person.c.name == name)).first()

    def everybody(self) -> list[Row]:
        """All people by name, with ``sitzungen`` (how many) and ``zuletzt`` (the last use of one)."""
        used = select(sitzung.c.person, func.count().label("sitzungen"), func.max(sitzung.c.zuletzt).label("zuletzt")).group_by(
            sitzung.c.person
        )
        of_each = used.subquery()
        with self._engine.connect() as connection:
            asked = select(person, of_each.c.sitzungen, of_each.c.zuletzt).outerjoin(of_each, of_each.c.person == person.c.name)
            return list(connection.execute(asked.order_by(person.c.aktiv.desc(), person.c.name)).all())

    def set_password(self, name: str, password: str, by: str, must_change: bool = False) -> None:
        """A new password. Raises BadInput, NotFound."""
        kept = self._passwords.hashed(password, name)
        with self._engine.begin() as connection:
            self._change(connection, name, passwort=kept, neu_setzen=must_change)
            note(connection, self._clock(), by, "passwort_gesetzt", name)

    def restart(self, name: str, by: str) -> str:
        """A start password for who has lost theirs or comes back: told once, to be changed at the first sign-in. Raises NotFound."""
        password = fresh_password()
        kept = self._passwords.hashed(password, name)
        with self._engine.begin() as connection:
            self._change(connection, name, passwort=kept, neu_setzen=True, aktiv=True)
            note(connection, self._clock(), by, "startpasswort_vergeben", name)
        return password

    def set_role(self, name: str, role: Role, by: str) -> None:
        """Another role. Raises NotFound, Conflict for the last admin."""
        with self._engine.begin() as connection:
            self._spare_last_admin(connection, name, stays=role == "admin")
            self._change(connection, name, rolle=role)
            note(connection, self._clock(), by, "rolle_geaendert", name, rolle=role)

    def close(self, name: str, by: str) -> None:
        """No more access; the name stays, for the trail. Raises NotFound, Conflict for the last admin."""
        with self._engine.begin() as connection:
            self._spare_last_admin(connection, name, stays=False)
            self._change(connection, name, aktiv=False)
            note(connection, self._clock(), by, "person_geschlossen", name)

    def sign_out(self, name: str, by: str) -> None:
        """Ends all sessions of a person. Raises NotFound."""
        with self._engine.begin() as connection:
            self._change(connection, name)
            note(connection, self._clock(), by, "sitzungen_beendet", name)

    def _change(self, connection: Connection, name: str, **values: object) -> None:
        """Raises NotFound. Ends the person's sessions."""
        changed = update(person).where(person.c.name == name).values(values or {"aktiv": person.c.aktiv})
        if not NAME.fullmatch(name) or not connection.execute(changed).rowcount:
            raise NotFound("Diese Person gibt es nicht.")
        connection.execute(delete(sitzung).where(sitzung.c.person == name))

    def _spare_last_admin(self, connection: Connection, name: str, stays: bool) -> None:
        audit.lock(connection)  # two admins who close each other at once: one of them waits here, and is refused
        active = select(person.c.name).where(person.c.rolle == "admin", person.c.aktiv)
        if not stays and [row.name for row in connection.execute(active)] == [name]:
            raise Conflict(LAST_ADMIN)
