"""What a person decides about a group, and what follows from it: cases, tasks, messages taken out. All of it or nothing."""

from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Engine, Row

from console.access.audit import note
from console.inbox.desk import Desk
from console.inbox.tables import aufgabe, eintrag
from console.learning.cases import Case, Cases, check
from console.person import Person
from core.clock import Clock
from core.errors import BadInput, NotFound

Kind = Literal["lernen", "ausserhalb", "fehlt", "nicht_lernen"]
# What becomes of a message: test sentence, training sentence, settled along with the others, taken out of the group.
Part = Literal["pruefen", "ueben", "dabei", "raus"]
STATES = {"lernen": "entschieden", "ausserhalb": "ausserhalb", "fehlt": "fehlt", "nicht_lernen": "nicht_lernen"}
TASK_STATES = ("offen", "in_arbeit", "erledigt")


@dataclass(frozen=True)
class Message:
    """A message of the group as it left the editor's hands."""

    id: int
    text: str
    teil: Part


@dataclass(frozen=True)
class Decision:
    """``eigene``: training sentences in the editor's own words."""

    art: Kind
    nachrichten: list[Message]
    absicht: str = ""
    leistung: str | None = None
    eigene: list[str] = field(default_factory=list)
    notiz: str = ""

    def cases(self) -> list[Case]:
        """The cases that follow. Raises BadInput where none can."""
        if self.art not in ("lernen", "ausserhalb"):
            return []
        tests = list(dict.fromkeys(one.text.strip() for one in self.nachrichten if one.teil == "pruefen"))
        teach = list(dict.fromkeys([*(one.text.strip() for one in self.nachrichten if one.teil == "ueben"), *self.eigene]))
        if not tests:
            raise BadInput("Bitte wählen Sie mindestens eine Nachricht als Prüfsatz: Zuerst wird geprüft, dann gelernt.")
        outside = self.art == "ausserhalb"
        intent, service = ("ausserhalb", None) if outside else (self.absicht, self.leistung)
        found = [Case(text, intent, service, teach if number == 0 else []) for number, text in enumerate(tests)]
        for case in found:
            check(case)
        return found


class Decisions:
    """Decides on a database."""

    def __init__(self, engine: Engine, clock: Clock, desk: Desk, cases: Cases) -> None:
        self._engine = engine
        self._clock = clock
        self._desk = desk
        self._cases = cases

    def decide(self, group: int, who: Person, decision: Decision) -> None:
        """Raises BadInput, and Conflict where somebody else has the group: nothing is changed then."""
        cases = decision.cases()
        if decision.art == "fehlt" and not decision.notiz.strip():
            raise BadInput("Bitte schreiben Sie dazu, welche Angabe im Katalog fehlt.")
        out = [one.id for one in decision.nachrichten if one.teil == "raus"]
        with self._engine.begin() as connection:
            there = set(connection.execute(select(eintrag.c.id).where(eintrag.c.gruppe == group)).scalars())
            if out and not there - set(out):
                raise BadInput("Alle Nachrichten sind herausgenommen. Bitte lassen Sie mindestens eine in der Gruppe.")
            told: dict[str, object] = {"art": decision.art, "absicht": decision.absicht, "leistung": decision.leistung}
            self._desk.settle(connection, group, who, STATES[decision.art], told)
            if out:
                self._desk.take_out(connection, group, out)
            kept = [self._cases.add(connection, case, who, group) for case in cases]
            now = self._clock()
            if decision.art == "fehlt":
                first = next(one.text for one in decision.nachrichten if one.teil != "raus")
                row = {"text": first, "leistung": decision.leistung, "notiz": decision.notiz.strip()[:500], "zustand": "offen"}
                connection.execute(insert(aufgabe).values(**row, von=who.name, am=now))
            note(connection, now, who.name, "posteingang_entschieden", str(group), **told, nachrichten=len(there) - len(out), faelle=kept)

    def tasks(self) -> list[Row]:
        """Facts that are missing, the open ones first."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(aufgabe).order_by(aufgabe.c.id.desc())).all()
        return sorted(rows, key=lambda row: TASK_STATES.index(row.zustand))

    def task(self, key: int, state: str, who: Person) -> None:
        """Moves a task on. Raises BadInput, NotFound."""
        if state not in TASK_STATES:
            raise BadInput("Diesen Zustand gibt es nicht.")
        with self._engine.begin() as connection:
            now = self._clock()
            values = {"zustand": state, "bearbeitet_von": who.name, "bearbeitet_am": now}
            if not connection.execute(update(aufgabe).where(aufgabe.c.id == key).values(**values)).rowcount:
                raise NotFound("Diese Aufgabe gibt es nicht.")
            note(connection, now, who.name, "aufgabe_geaendert", str(key), zustand=state)
