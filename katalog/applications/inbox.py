"""The inbox in our own database: how an application reaches an office, and what its officials do there. All of it is audited."""

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection, Engine, Row

from core import ids
from core.clock import Clock
from core.errors import BadInput, NotFound
from core.settings import Settings
from core.vault import Vault
from katalog.applications.attachments import Attachments
from katalog.applications.audit import Deed, history, note
from katalog.applications.cases import Cases
from katalog.applications.delivery import Submitted
from katalog.applications.files import Anlage
from katalog.applications.inbox_schemas import Antrag, Ausfuhr, Datei, Eingang, Entscheidung, Schritt
from katalog.applications.labels import labelled
from katalog.applications.schemas import Status, Vorgang
from katalog.applications.seals import opened, sealed
from katalog.applications.tables import postfach, vorgang
from katalog.applications.texts import texts

# An office may also put right what it decided by mistake.
CHANGEABLE: tuple[Status, ...] = ("eingegangen", "in_bearbeitung", "rueckfrage", "erledigt", "abgelehnt")
# The citizen is told to read what the office says.
EXPLAINED: tuple[Entscheidung, ...] = ("rueckfrage", "abgelehnt")
# Applications on one page of the list.
PAGE = 200
_LISTED = select(
    vorgang.c.vorgangsnummer, vorgang.c.titel, vorgang.c.leistung, postfach.c.referat, vorgang.c.status, vorgang.c.eingegangen_am,
    vorgang.c.seit,
).join(postfach, postfach.c.vorgangsnummer == vorgang.c.vorgangsnummer)  # fmt: skip
_WHOLE = select(vorgang, postfach.c.referat, postfach.c.formular, postfach.c.werte).join(
    postfach, postfach.c.vorgangsnummer == vorgang.c.vorgangsnummer
)


def official(actor: str) -> str:
    """Who, in the audit trail: nobody who is called "lotse" is taken for the system."""
    return f"amt:{actor}"


class Inbox:
    """An application is in it until its values are deleted."""

    def __init__(self, engine: Engine, vault: Vault, settings: Settings, clock: Clock, cases: Cases, attachments: Attachments) -> None:
        self._engine = engine
        self._vault = vault
        self._settings = settings
        self._clock = clock
        self._cases = cases
        self._attachments = attachments

    def deliver(self, connection: Connection, application: Submitted) -> None:
        """As ``delivery.Delivery``: one row; values are sealed."""
        connection.execute(insert(postfach).values(
            vorgangsnummer=application.vorgangsnummer, referat=application.referat, formular=application.formular,
            werte=sealed(self._vault, application.werte),
        ))  # fmt: skip

    def listed(self, actor: str, referat: str | None = None, status: Status | None = None, nach: str | None = None) -> list[Eingang]:
        """What came in, oldest first: of one Referat, in one status, or all; a page of them, behind the case ``nach``."""
        asked = _LISTED.order_by(vorgang.c.eingegangen_am, vorgang.c.vorgangsnummer).limit(PAGE)
        if nach is not None:
            last = select(vorgang.c.eingegangen_am).where(vorgang.c.vorgangsnummer == nach).scalar_subquery()
            later = vorgang.c.eingegangen_am > last
            asked = asked.where(later | ((vorgang.c.eingegangen_am == last) & (vorgang.c.vorgangsnummer > nach)))
        if referat is not None:
            asked = asked.where(postfach.c.referat == referat)
        if status is not None:
            asked = asked.where(vorgang.c.status == status)
        with self._engine.begin() as connection:
            note(connection, self._clock(), official(actor), "aufgelistet", "postfach")
            return [Eingang.model_validate(dict(row._mapping)) for row in connection.execute(asked)]

    def show(self, number: str, actor: str) -> Antrag:
        """One application. Raises NotFound, also when its values are deleted."""
        return self._whole(number, actor, "eingesehen")

    def export(self, number: str, actor: str) -> Ausfuhr:
        """As ``show``, for what leaves the inbox."""
        return self._whole(number, actor, "ausgegeben")

    def file(self, number: str, id: str, actor: str) -> Anlage:
        """One of its attachments. Raises NotFound."""
        with self._engine.begin() as connection:
            row = self._row(connection, number)
            found = self._attachments.file(connection, row.entwurf, id)
            if found is None:
                raise NotFound(texts().postfach.keine_datei)
            note(connection, self._clock(), official(actor), "ausgegeben", row.vorgangsnummer)
            return found

    def decide(self, number: str, status: Entscheidung, antwort: str | None, actor: str) -> Vorgang:
        """A new status with an answer to the citizen. Raises BadInput (no answer), NotFound, Conflict (it was taken back)."""
        if status in EXPLAINED and not antwort:
            raise BadInput(texts().postfach.antwort_fehlt)
        with self._engine.connect() as connection:
            row = self._row(connection, number)
        return self._cases.change(row.vorgangsnummer, status, official(actor), CHANGEABLE, antwort)

    def _whole(self, number: str, actor: str, deed: Deed) -> Ausfuhr:
        with self._engine.begin() as connection:
            row = self._row(connection, number)
            note(connection, self._clock(), official(actor), deed, row.vorgangsnummer)
            attached = self._attachments.of(connection, row.entwurf)
            werte = opened(self._vault, row.werte)
            return Ausfuhr(
                vorgangsnummer=row.vorgangsnummer,
                titel=row.titel,
                leistung=row.leistung,
                referat=row.referat,
                status=row.status,
                eingegangen_am=row.eingegangen_am,
                seit=row.seit,
                antwort=opened(self._vault, row.antwort) if row.antwort else None,
                angaben=labelled(row.formular, werte, attached),
                dateien=[Datei(**vars(one)) for one in attached],
                unterlagen=opened(self._vault, row.unterlagen) if row.unterlagen else [],
                verlauf=[Schritt(status=status, wann=when) for status, when in history(connection, row.vorgangsnummer)],
                demonstration=self._settings.demonstration,
                formular=row.formular,
                werte=werte,
            )

    def _row(self, connection: Connection, number: str) -> Row:
        row = connection.execute(_WHOLE.where(vorgang.c.vorgangsnummer == (ids.case_number(number) or ""))).first()
        if row is None:
            raise NotFound(texts().postfach.kein_antrag)
        return row
