"""Cases: sentences with what is right about them, decided by a person; and the sentences that teach it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, Engine, Row

from console.access.audit import note
from console.learning.tables import fall
from console.person import Person
from core.clock import Clock
from core.errors import BadInput, NotFound
from core.intents import DOING_INTENTS, INTENTS, SERVICE_INTENTS
from language.alike import ALIKE_LETTERS, bare, same_letters

# As long as a message may be.
LONGEST = 3000
# The category of the test sets that these cases belong to.
CATEGORY = "alltag"
# How training data mark words; a sentence that holds one would be read as something else.
_MARKS = ("](", "]{", "][")


@dataclass(frozen=True)
class Case:
    """A test sentence; ``leistung`` None: no service is meant. ``ueben``: sentences that teach it, as example questions of the service or,
    where there is none, as training sentences of the intent: unmarked, one about a service would teach the search that none is meant."""

    text: str
    absicht: str
    leistung: str | None
    ueben: list[str]

    def row(self) -> dict[str, Any]:
        """In the format of tests/nlu."""
        return {"text": self.text, "intent": self.absicht, "intents_ok": [], "leistung": self.leistung, "leistungen_ok": [],
                "kategorie": CATEGORY}  # fmt: skip


def case_of(row: Row) -> Case:
    """The case of a database row."""
    return Case(row.text, row.absicht, row.leistung, row.ueben)


class Cases:
    """All cases on a database."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def kept(self) -> list[Row]:
        """Those that count, the newest first."""
        with self._engine.connect() as connection:
            return list(connection.execute(select(fall).where(fall.c.zustand == "neu").order_by(fall.c.id.desc())).all())

    def add(self, connection: Connection, case: Case, who: Person, group: int | None = None) -> int:
        """Keeps a case; its id. Raises BadInput where it does not fit, or where one sentence would teach and test."""
        check(case)
        refuse_alike([case], connection)
        now = self._clock()
        row = {"text": case.text, "absicht": case.absicht, "leistung": case.leistung, "kategorie": CATEGORY, "ueben": case.ueben}
        made = insert(fall).values(**row, gruppe=group, zustand="neu", von=who.name, am=now)
        key = int(connection.execute(made).inserted_primary_key[0])
        told = {"absicht": case.absicht, "leistung": case.leistung, "uebungssaetze": len(case.ueben)}
        note(connection, now, who.name, "fall_angelegt", str(key), **told)
        return key

    def withdraw(self, key: int, who: Person) -> None:
        """It counts no more from the next version on. Raises NotFound."""
        with self._engine.begin() as connection:
            mine = (fall.c.id == key) & (fall.c.zustand == "neu")
            if not connection.execute(update(fall).where(mine).values(zustand="zurueckgezogen")).rowcount:
                raise NotFound("Diesen Fall gibt es nicht, oder er ist schon zurückgezogen.")
            note(connection, self._clock(), who.name, "fall_zurueckgezogen", str(key))


def check(case: Case) -> None:
    """Raises BadInput with what to change."""
    for text in (case.text, *case.ueben):
        if not text.strip() or len(text) > LONGEST:
            raise BadInput(f"Ein Satz ist leer oder länger als {LONGEST} Zeichen.")
        if "\n" in text or any(mark in text for mark in _MARKS) or not bare(text):
            raise BadInput(f"Diesen Satz kann niemand lernen, er braucht Buchstaben und darf hinter „]“ keine Klammer haben: „{text[:80]}“")
    if case.absicht not in INTENTS:
        raise BadInput("Bitte wählen Sie, was die Person wissen möchte.")
    if case.leistung and case.absicht not in (*SERVICE_INTENTS, *DOING_INTENTS):
        raise BadInput("Zu dieser Absicht gehört keine Leistung. Bitte wählen Sie „keine Leistung“ oder eine andere Absicht.")


def refuse_alike(fresh: Iterable[Case], connection: Connection) -> None:
    """No sentence may teach and test, to the letter or nearly: it would measure memory. Raises BadInput.

    Nearly the same in meaning is found by the candidate's job, which has the vectors.
    """
    known = [case_of(row) for row in connection.execute(select(fall).where(fall.c.zustand == "neu"))]
    cases = [*known, *fresh]
    tests = {bare(one.text): one.text for one in cases}
    for sentence in dict.fromkeys(one for case in cases for one in case.ueben):
        for folded, test in tests.items():
            if same_letters(folded, bare(sentence)) >= ALIKE_LETTERS:
                raise BadInput(f"Der Übungssatz „{sentence}“ gleicht dem Prüfsatz „{test}“. Bitte formulieren Sie ihn anders.")
