"""Candidates: asked for by one person, measured by the job, put live by another; and the way back."""

import json
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Engine, Row

from console.access.audit import note
from console.inbox.tables import gruppe
from console.learning import version
from console.learning.cases import Cases, case_of
from console.learning.progress import Progress
from console.learning.report import Report
from console.learning.tables import fall, kandidat
from console.person import Person
from core import learned
from core.clock import Clock
from core.errors import BadInput, Conflict, NotFound
from core.learned import Stand
from core.settings import Settings

# Of a version's name, before the candidate's id.
PREFIX = "f"
RUNNING = "Es wird schon ein Kandidat trainiert. Bitte warten Sie, bis er fertig ist."


@dataclass(frozen=True)
class Candidate:
    """A version with what is known of it. ``live``, ``vorher``: it is, or was before, the one that citizens talk to."""

    id: int
    fassung: str
    row: Row
    fortschritt: Progress | None
    bericht: Report | None
    live: bool
    vorher: bool

    def hindernisse(self, who: Person, live: str) -> list[str]:
        """Why this person cannot put it live now; nothing, where they can."""
        found = []
        if self.live:
            found.append("Diese Fassung ist schon live.")
        if self.bericht is None:
            found.append("Es gibt noch keinen Bericht.")
        else:
            if not self.bericht.bestanden:
                found.append("Mindestens eine Regel ist verfehlt.")
            if any(one.text not in self.row.angenommen for one in self.bericht.offene_faelle()):
                found.append("Ein neuer Fall ist noch falsch und nicht ausdrücklich angenommen.")
            if self.bericht.live != live:
                found.append("Inzwischen ist eine andere Fassung live als die, mit der verglichen wurde. Bitte neu trainieren.")
        if who.name == self.row.angefordert_von:
            found.append("Zustimmen muss eine zweite Person: Sie haben diesen Kandidaten angefordert.")
        return found


class Candidates:
    """All versions on a database and in LOTSE_HOME/gelernt."""

    def __init__(self, engine: Engine, settings: Settings, clock: Clock, cases: Cases) -> None:
        self._engine = engine
        self._settings = settings
        self._clock = clock
        self._cases = cases
        self._changing = Lock()

    def folder(self, key: int) -> Path:
        """Of a version."""
        return learned.home(self._settings) / f"{PREFIX}{key}"

    def request(self, who: Person) -> Path:
        """Makes a version of all cases that count; its folder, for the job. Raises BadInput, Conflict."""
        rows = self._cases.kept()
        if not rows:
            raise BadInput("Es gibt noch keine Fälle. Entscheiden Sie zuerst im Posteingang.")
        if self.running():
            raise Conflict(RUNNING)
        with self._engine.begin() as connection:
            now = self._clock()
            row = {"faelle": [one.id for one in rows], "angefordert_von": who.name, "angefordert_am": now, "angenommen": []}
            key = int(connection.execute(insert(kandidat).values(**row)).inserted_primary_key[0])
            version.write(self.folder(key), [case_of(one) for one in reversed(rows)])
            note(connection, now, who.name, "kandidat_angefordert", f"{PREFIX}{key}", faelle=len(rows))
        return self.folder(key)

    def running(self) -> bool:
        """Whether a job runs now."""
        return any(one.fortschritt is not None and one.fortschritt.zustand == "laeuft" for one in self.all(newest=3))

    def all(self, newest: int = 20) -> list[Candidate]:
        """The newest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(kandidat).order_by(kandidat.c.id.desc()).limit(newest)).all()
        return [self._candidate(row) for row in rows]

    def one(self, key: int) -> Candidate:
        """Raises NotFound."""
        with self._engine.connect() as connection:
            row = connection.execute(select(kandidat).where(kandidat.c.id == key)).first()
        if row is None:
            raise NotFound("Diesen Kandidaten gibt es nicht.")
        return self._candidate(row)

    def _candidate(self, row: Row) -> Candidate:
        folder, stand = self.folder(row.id), self.stand()
        return Candidate(row.id, folder.name, row, Progress.read(folder), Report.read(folder), stand.live == folder.name,
                         stand.vorher == folder.name)  # fmt: skip

    def stand(self) -> Stand:
        """Which version is live, and the one before."""
        return learned.stand(self._settings)

    def change(self) -> dict[str, str]:
        """What the supervisor tells of the last change; empty where there was none."""
        try:
            told: dict[str, str] = json.loads((learned.home(self._settings) / "wechsel.json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return told

    def log(self, key: int, lines: int = 40) -> str:
        """The last lines of the job's log."""
        path = self.folder(key) / "protokoll.log"
        return "\n".join(path.read_text("utf-8", "replace").splitlines()[-lines:]) if path.exists() else ""

    def accept(self, key: int, text: str, who: Person) -> None:
        """This case may stay wrong. Raises BadInput, NotFound."""
        candidate = self.one(key)
        if candidate.bericht is None or text not in [one.text for one in candidate.bericht.offene_faelle()]:
            raise BadInput("Dieser Fall ist nicht offen.")
        with self._engine.begin() as connection:
            accepted = sorted({*candidate.row.angenommen, text})
            connection.execute(update(kandidat).where(kandidat.c.id == key).values(angenommen=accepted))
            note(connection, self._clock(), who.name, "fall_angenommen", candidate.fassung)

    def put_live(self, key: int, who: Person) -> None:
        """Points to this version; the supervisor does the rest. Raises Conflict with the reasons why not."""
        with self._changing:
            self._refuse_while_changing()
            candidate, stand = self.one(key), self.stand()
            why = candidate.hindernisse(who, stand.live)
            if why:
                raise Conflict(" ".join(why))
            with self._engine.begin() as connection:
                now = self._clock()
                values = {"zugestimmt_von": who.name, "zugestimmt_am": now}
                connection.execute(update(kandidat).where(kandidat.c.id == key).values(**values))
                groups = select(fall.c.gruppe).where(fall.c.id.in_(candidate.row.faelle))
                settled = gruppe.c.id.in_(groups) & gruppe.c.zustand.in_(("entschieden", "ausserhalb"))
                connection.execute(update(gruppe).where(settled).values(zustand="live"))
                told = {"vorher": stand.live, "angefordert_von": candidate.row.angefordert_von}
                note(connection, now, who.name, "live_gestellt", candidate.fassung, **told)
            learned.set_stand(self._settings, Stand(live=candidate.fassung, vorher=stand.live))

    def back(self, who: Person) -> None:
        """To the version before, at once. Raises Conflict where there is none."""
        with self._changing:
            self._refuse_while_changing()
            stand = self.stand()
            if stand.live == stand.vorher:
                raise Conflict("Es gibt keine Fassung, zu der Sie zurückgehen können.")
            with self._engine.begin() as connection:
                note(connection, self._clock(), who.name, "zurueckgegangen", stand.vorher, vorher=stand.live)
            learned.set_stand(self._settings, Stand(live=stand.vorher, vorher=stand.live))

    def _refuse_while_changing(self) -> None:
        told = self.change()
        if told and (told["zustand"] == "startet" or (told["zustand"] == "laeuft" and told["fassung"] != self.stand().live)):
            raise Conflict("Das Modell wird gerade gewechselt. Bitte warten Sie einen Moment.")
