"""A draft is submitted once: it becomes a case with a number and a PIN."""

from collections.abc import Callable

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection, Engine, Row

from core import ids
from core.catalogue import Leistung
from core.clock import Clock
from core.errors import Conflict, Invalid, NotFound
from core.vault import Vault
from katalog.applications.attachments import Attachments, chosen
from katalog.applications.audit import CITIZEN, note
from katalog.applications.cases import Cases
from katalog.applications.delivery import Delivery, Submitted
from katalog.applications.drafts import Drafts
from katalog.applications.pins import Pins
from katalog.applications.schemas import Quittung
from katalog.applications.seals import opened, sealed
from katalog.applications.tables import code, entwurf, vorgang
from katalog.applications.texts import texts
from katalog.applications.values import counting, documents, faults, missing


class Submission:
    """``record``: the catalogue's record of a service."""

    def __init__(
        self, engine: Engine, vault: Vault, clock: Clock, pins: Pins, drafts: Drafts, attachments: Attachments, cases: Cases,
        delivery: Delivery, record: Callable[[str], Leistung | None],
    ) -> None:  # fmt: skip
        self._engine = engine
        self._vault = vault
        self._clock = clock
        self._pins = pins
        self._drafts = drafts
        self._attachments = attachments
        self._cases = cases
        self._delivery = delivery
        self._record = record

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
                self._attachments.keep(connection, draft, chosen(row.formular, werte).values())
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

    @staticmethod
    def _of_draft(connection: Connection, draft: str) -> Row | None:
        return connection.execute(select(vorgang).where(vorgang.c.entwurf == draft)).first()

    def _again(self, row: Row, draft: str, schluessel: str, key: str) -> Quittung:
        if row.schluessel != schluessel:
            raise Conflict(texts().schon_abgesendet, row.vorgangsnummer)
        shown = self._cases.shown(row)
        return Quittung(
            vorgangsnummer=row.vorgangsnummer, pin=self._pins.of(draft, key), eingegangen_am=row.eingegangen_am, status=row.status,
            naechster_schritt=shown.naechster_schritt, unterlagen=opened(self._vault, row.unterlagen) if row.unterlagen else [],
            demonstration=shown.demonstration,
        )  # fmt: skip
