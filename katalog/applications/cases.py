"""Cases: their status is told to who knows number and PIN, and what was written is deleted in the end."""

from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection, Engine, Row

from core import ids
from core.clock import Clock
from core.errors import Conflict, NotFound
from core.settings import Settings
from core.vault import Vault
from katalog.applications.attachments import Attachments
from katalog.applications.attempts import Attempts
from katalog.applications.audit import CITIZEN, SYSTEM, note
from katalog.applications.pins import Pins
from katalog.applications.schemas import Status, Vorgang
from katalog.applications.seals import opened, sealed
from katalog.applications.tables import postfach, vorgang
from katalog.applications.texts import texts

FINAL: tuple[Status, ...] = ("erledigt", "abgelehnt", "zurueckgenommen")
WITHDRAWABLE: tuple[Status, ...] = ("eingegangen", "in_bearbeitung")


class Cases:
    """What a citizen may know and do with number and PIN."""

    def __init__(
        self, engine: Engine, vault: Vault, settings: Settings, clock: Clock, attempts: Attempts, pins: Pins, attachments: Attachments
    ) -> None:
        self._engine = engine
        self._vault = vault
        self._settings = settings
        self._clock = clock
        self._attempts = attempts
        self._pins = pins
        self._attachments = attachments

    def status(self, nummer: str, pin: str, gespraech: str) -> Vorgang:
        """How the case stands. Raises NotFound (the same for a wrong number and a wrong PIN), TooMany."""
        row = self._identified(nummer, pin, gespraech)
        with self._engine.begin() as connection:
            note(connection, self._clock(), CITIZEN, "eingesehen", row.vorgangsnummer)
        return self.shown(row)

    def withdraw(self, nummer: str, pin: str, gespraech: str) -> Vorgang:
        """Takes it back; once more does nothing. Raises NotFound, TooMany, Conflict where the office is through with it."""
        return self.take_back(self._identified(nummer, pin, gespraech).vorgangsnummer)

    def seen(self, number: str) -> Vorgang:
        """The case of somebody who has shown number and PIN already. Raises NotFound."""
        with self._engine.connect() as connection:
            return self.shown(self._row(connection, number))

    def take_back(self, number: str) -> Vorgang:
        """As ``withdraw``, for somebody who has shown number and PIN already."""
        try:
            return self.change(number, "zurueckgenommen", CITIZEN, WITHDRAWABLE)
        except Conflict:
            shown = self.seen(number)
            if shown.status == "zurueckgenommen":  # a message can arrive twice, a button be pressed twice
                return shown
            raise Conflict(texts().nicht_zurueckziehen, number) from None

    def change(self, number: str, status: Status, wer: str, only_from: tuple[Status, ...], antwort: str | None = None) -> Vorgang:
        """A new status, with what the office says to it; what it said to the one before no longer counts.

        Raises NotFound, Conflict where the case is in none of ``only_from``.
        """
        now = self._clock()
        values = {"status": status, "seit": now, "antwort": sealed(self._vault, antwort) if antwort else None}
        with self._engine.begin() as connection:
            allowed = (vorgang.c.vorgangsnummer == number) & vorgang.c.status.in_(only_from)
            changed = connection.execute(update(vorgang).where(allowed).values(values)).rowcount
            row = self._row(connection, number)
            if not changed:
                raise Conflict(texts().nicht_aenderbar, number)
            note(connection, now, wer, "status", number, status)
            return self.shown(row)

    def forget(self) -> None:
        """Deletes what was written in cases that ended long ago, or that nobody touched for a year; number, status and history stay."""
        now = self._clock()
        ended_before = now - timedelta(days=self._settings.application_days)
        untouched_since = now - timedelta(days=self._settings.application_open_days)
        old = (vorgang.c.status.in_(FINAL) & (vorgang.c.seit <= ended_before)) | (vorgang.c.seit <= untouched_since)
        with self._engine.begin() as connection:
            ended = select(vorgang.c.vorgangsnummer, vorgang.c.entwurf).where(old, vorgang.c.unterlagen.is_not(None))
            for number, draft in connection.execute(ended).all():
                self._attachments.drop(connection, draft)
                connection.execute(delete(postfach).where(postfach.c.vorgangsnummer == number))
                connection.execute(update(vorgang).where(vorgang.c.vorgangsnummer == number).values(unterlagen=None, antwort=None))
                note(connection, now, SYSTEM, "angaben_geloescht", number)

    @staticmethod
    def _row(connection: Connection, number: str) -> Row:
        row = connection.execute(select(vorgang).where(vorgang.c.vorgangsnummer == number)).first()
        if row is None:
            raise NotFound(texts().kein_vorgang)
        return row

    def _identified(self, nummer: str, pin: str, gespraech: str) -> Row:
        number = ids.case_number(nummer) or ""  # the database is asked, and Argon2 works, also for what is no number
        with self._attempts.tried(self._clock(), f"vorgang {number or nummer}", f"gespraech {gespraech}"):
            with self._engine.connect() as connection:
                row = connection.execute(select(vorgang).where(vorgang.c.vorgangsnummer == number)).first()
            if not self._pins.fits(number, ids.pin_digits(pin), row and row.pin) or row is None:
                raise NotFound(texts().kein_vorgang)
        return row

    def shown(self, row: Row) -> Vorgang:
        """The case as it is told."""
        return Vorgang(
            vorgangsnummer=row.vorgangsnummer,
            titel=row.titel,
            status=row.status,
            status_text=texts().status[row.status].text,
            seit=row.seit,
            naechster_schritt=self._next_step(row),
            antwort=opened(self._vault, row.antwort) if row.antwort else None,
            demonstration=self._settings.demonstration,
        )

    @staticmethod
    def _next_step(row: Row) -> str:
        own = row.hinweis if row.status == "eingegangen" else None
        return own or texts().status[row.status].naechster_schritt
