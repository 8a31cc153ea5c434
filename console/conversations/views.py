"""Saved views: a filter under a name, for oneself or for all."""

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.engine import Engine, Row

from console.conversations.filter import Filter
from console.conversations.tables import ansicht
from console.person import Person
from core.errors import BadInput, NotFound

LONGEST_NAME = 60
MOST = 30


class Views:
    """Of all people."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, who: Person) -> list[Row]:
        """One's own, then those that others share."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(ansicht).where(or_(ansicht.c.person == who.name, ansicht.c.geteilt.is_(True)))).all()
        return sorted(rows, key=lambda one: (one.person != who.name, one.name.lower()))

    def save(self, who: Person, name: str, asked: Filter, shared: bool) -> None:
        """Under a name; the same name again replaces it. Raises BadInput."""
        name = " ".join(name.split())
        if not name or len(name) > LONGEST_NAME:
            raise BadInput(f"Der Name einer Ansicht hat 1 bis {LONGEST_NAME} Zeichen.")
        mine = ansicht.c.person == who.name
        with self._engine.begin() as connection:
            values = {"anfrage": asked.query(), "geteilt": shared}
            if connection.execute(update(ansicht).where(mine & (ansicht.c.name == name)).values(**values)).rowcount:
                return
            if len(connection.execute(select(ansicht.c.id).where(mine)).all()) >= MOST:
                raise BadInput(f"Mehr als {MOST} Ansichten sind nicht möglich. Bitte löschen Sie zuerst eine.")
            connection.execute(insert(ansicht).values(person=who.name, name=name, **values))

    def remove(self, who: Person, number: int) -> None:
        """One of one's own. Raises NotFound for that of somebody else."""
        with self._engine.begin() as connection:
            if not connection.execute(delete(ansicht).where((ansicht.c.id == number) & (ansicht.c.person == who.name))).rowcount:
                raise NotFound("Diese Ansicht gibt es nicht oder nicht mehr.")
