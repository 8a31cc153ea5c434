"""Cases: a draft is submitted once, its status is told to who knows number and PIN, and what was written is deleted in the end."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection, Engine, Row

from core import ids
from core.catalogue import Leistung
from core.errors import Conflict, Invalid, NotFound
from core.settings import Settings
from core.vault import Vault
from katalog.applications.attempts import Attempts
from katalog.applications.audit import CITIZEN, SYSTEM, note
from katalog.applications.delivery import Delivery, Submitted
from katalog.applications.drafts import Clock, Drafts
from katalog.applications.pins import Pins
from katalog.applications.schemas import Quittung, Status, Vorgang
from katalog.applications.seals import opened, sealed
from katalog.applications.tables import code, entwurf, postfach, vorgang
from katalog.applications.texts import texts
from katalog.applications.values import counting, documents, faults, missing

FINAL: tuple[Status, ...] = ("erledigt", "abgelehnt", "zurueckgenommen")
WITHDRAWABLE: tuple[Status, ...] = ("eingegangen", "in_bearbeitung")


class Cases:
    """``record``: the catalogue's record of a service."""

    def __init__(
        self, engine: Engine, vault: Vault, settings: Settings, clock: Clock, attempts: Attempts, drafts: Drafts, delivery: Delivery,
        record: Callable[[str], Leistung | None],
    ) -> None:  # fmt: skip
        self._engine = engine
        self._vault = vault
        self._settings = settings
        self._clock = clock
        self._attempts = attempts
        self._drafts = drafts
        self._delivery = delivery
        self._record = record
        self._pins = Pins(settings, vault)

    def submit(self, draft: str, fassung: int, key: str) -> Quittung:
        """Turns the draft into a case; the same key gives the same receipt.

        Raises NotFound, Conflict (another version, or submitted with another key), Invalid (a value is missing or does not fit).
        """
        schluessel = self._vault.pseudonym(f"absenden {draft} {key}")
        with self._engine.connect() as connection:
            row = self._drafts.find(connection, draft)  # first the draft: one that was emptied meanwhile has its case then
            done = self._of_draft(connection, draft)
        if done:
            return self._again(done, draft, schluessel, key)
        if row is None:
            raise NotFound(texts().kein_entwurf)
        if row.fassung != fassung:
            raise Conflict(texts().andere_fassung)
        werte = counting(row.formular, opened(self._vault, row.werte))
        wrong = faults(row.formular, werte, self._drafts.today) + missing(row.formular, werte)
        if wrong:
            raise Invalid(wrong)

        number, now, service = ids.new_case_number(), self._clock(), self._record(row.leistung)
        hashed = self._pins.hashed(number, self._pins.of(draft, key))  # before the transaction: others need not wait for Argon2
        unterlagen = documents(row.formular, service.unterlagen if service else [], werte)
        with self._engine.begin() as connection:
            mine = (entwurf.c.id == draft) & (entwurf.c.fassung == fassung) & entwurf.c.vorgangsnummer.is_(None)
            values = {"vorgangsnummer": number, "werte": sealed(self._vault, {})}
            first = connection.execute(update(entwurf).where(mine).values(values)).rowcount
            if first:
                connection.execute(delete(code).where(code.c.entwurf == draft))
                connection.execute(insert(vorgang).values(
                    vorgangsnummer=number, entwurf=draft, schluessel=schluessel, pin=hashed, leistung=row.leistung,
                    titel=row.formular["title"], hinweis=row.formular.get("x-naechster-schritt"),
                    unterlagen=sealed(self._vault, unterlagen), eingegangen_am=now, status="eingegangen", seit=now,
                ))  # fmt: skip
                self._delivery.deliver(connection, Submitted(number, service.referat if service else None, row.formular, werte))
                note(connection, now, CITIZEN, "abgesendet", draft)
                note(connection, now, CITIZEN, "status", number, "eingegangen")
            done = self._of_draft(connection, draft)
        if done is None:  # changed or deleted since it was read
            raise Conflict(texts().andere_fassung)
        return self._again(done, draft, schluessel, key)

    def status(self, nummer: str, pin: str, gespraech: str) -> Vorgang:
        """How the case stands. Raises NotFound (the same for a wrong number and a wrong PIN), TooMany."""
        row = self._identified(nummer, pin, gespraech)
        with self._engine.begin() as connection:
            note(connection, self._clock(), CITIZEN, "eingesehen", row.vorgangsnummer)
        return self._shown(row)

    def withdraw(self, nummer: str, pin: str, gespraech: str) -> Vorgang:
        """Takes it back; once more does nothing. Raises NotFound, TooMany, Conflict where the office is through with it."""
        row = self._identified(nummer, pin, gespraech)
        if row.status == "zurueckgenommen":  # a message can arrive twice
            return self._shown(row)
        return self.change(row.vorgangsnummer, "zurueckgenommen", CITIZEN, WITHDRAWABLE)

    def change(self, number: str, status: Status, wer: str, only_from: tuple[Status, ...], antwort: str | None = None) -> Vorgang:
        """A new status, with what the office answers. Raises NotFound, Conflict where the case is in none of ``only_from``."""
        now = self._clock()
        values = {"status": status, "seit": now} | ({"antwort": sealed(self._vault, antwort)} if antwort else {})
        with self._engine.begin() as connection:
            allowed = (vorgang.c.vorgangsnummer == number) & vorgang.c.status.in_(only_from)
            changed = connection.execute(update(vorgang).where(allowed).values(values)).rowcount
            row = connection.execute(select(vorgang).where(vorgang.c.vorgangsnummer == number)).first()
            if row is None:
                raise NotFound(texts().kein_vorgang)
            if not changed:
                raise Conflict(texts().nicht_zurueckziehen, number)
            note(connection, now, wer, "status", number, status)
            return self._shown(row)

    def forget(self) -> None:
        """Deletes what was written in cases that ended long ago; number, status and history stay."""
        now = self._clock()
        old = vorgang.c.status.in_(FINAL) & (vorgang.c.seit <= now - timedelta(days=self._settings.application_days))
        with self._engine.begin() as connection:
            ended = select(vorgang.c.vorgangsnummer).where(old, vorgang.c.unterlagen.is_not(None))
            for number in connection.execute(ended).scalars().all():
                connection.execute(delete(postfach).where(postfach.c.vorgangsnummer == number))
                connection.execute(update(vorgang).where(vorgang.c.vorgangsnummer == number).values(unterlagen=None, antwort=None))
                note(connection, now, SYSTEM, "angaben_geloescht", number)

    def _identified(self, nummer: str, pin: str, gespraech: str) -> Row:
        number = ids.case_number(nummer) or ""  # the database is asked, and Argon2 works, also for what is no number
        with self._attempts.tried(self._clock(), f"vorgang {number or nummer}", f"gespraech {gespraech}"):
            with self._engine.connect() as connection:
                row = connection.execute(select(vorgang).where(vorgang.c.vorgangsnummer == number)).first()
            if not self._pins.fits(number, ids.pin_digits(pin), row and row.pin) or row is None:
                raise NotFound(texts().kein_vorgang)
        return row

    @staticmethod
    def _of_draft(connection: Connection, draft: str) -> Row | None:
        return connection.execute(select(vorgang).where(vorgang.c.entwurf == draft)).first()

    def _again(self, row: Row, draft: str, schluessel: str, key: str) -> Quittung:
        if row.schluessel != schluessel:
            raise Conflict(texts().schon_abgesendet, row.vorgangsnummer)
        return Quittung(
            vorgangsnummer=row.vorgangsnummer, pin=self._pins.of(draft, key), eingegangen_am=row.eingegangen_am, status=row.status,
            naechster_schritt=self._next_step(row), unterlagen=opened(self._vault, row.unterlagen) if row.unterlagen else [],
            demonstration=self._settings.demonstration,
        )  # fmt: skip

    def _shown(self, row: Row) -> Vorgang:
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
