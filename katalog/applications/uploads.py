"""Upload links: whoever has one may give a draft one file, for an hour."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection, Engine, Row

from core.clock import Clock
from core.errors import Conflict, NotFound
from core.vault import Vault
from katalog.applications.attachments import Attached, Attachments, chosen, fields
from katalog.applications.audit import CITIZEN, note
from katalog.applications.drafts import Drafts
from katalog.applications.files import Anlage, checked
from katalog.applications.seals import opened, sealed
from katalog.applications.tables import entwurf, hochladen
from katalog.applications.texts import texts

LIFE = timedelta(hours=1)
# How often an upload begins anew when the conversation writes into the draft at the same moment.
TRIES = 5


@dataclass(frozen=True)
class Place:
    """Where a file goes: title of the form, of the property, its question, and what is there already."""

    formular: str
    feld: str
    frage: str
    vorhanden: Attached | None


class Uploads:
    """A link is kept as a pseudonym only. It may be used again within its hour: the later file replaces the earlier one."""

    def __init__(self, engine: Engine, vault: Vault, clock: Clock, drafts: Drafts, attachments: Attachments) -> None:
        self._engine = engine
        self._vault = vault
        self._clock = clock
        self._drafts = drafts
        self._attachments = attachments

    def link(self, draft: str, feld: str) -> str:
        """A new link: a path of the gateway. Raises NotFound (no draft, or the property holds no file), Conflict (submitted)."""
        token = secrets.token_urlsafe(24)  # 192 bits
        with self._engine.begin() as connection:
            row = self._drafts.row(connection, draft)
            self._drafts.refuse_submitted(row)
            if feld not in fields(row.formular):
                raise NotFound(texts().anlage.kein_feld)
            until = self._clock() + LIFE
            connection.execute(insert(hochladen).values(pseudonym=self._kept(token), entwurf=draft, feld=feld, gueltig_bis=until))
        return f"/anlagen/{token}"

    def place(self, token: str) -> Place:
        """What the link is for. Raises NotFound, Conflict (submitted)."""
        with self._engine.connect() as connection:
            feld, row = self._open(connection, token)
            named = chosen(row.formular, opened(self._vault, row.werte)).get(feld)
            there = next((one for one in self._attachments.of(connection, row.id) if one.id == named), None)
        asked = row.formular["properties"][feld]
        return Place(row.formular["title"], asked["title"], asked["description"], there)

    def take(self, token: str, name: str, content: bytes) -> None:
        """Keeps the file; the draft's value becomes its id. Raises NotFound, Conflict (submitted), BadInput (which says what to do)."""
        with self._engine.connect() as connection:
            self._open(connection, token)
        file = checked(name, content)
        kept = self._vault.seal(file.inhalt)  # before the transaction: 10 MB take a while, and SQLite lets one write at a time
        for _ in range(TRIES):
            with self._engine.connect() as connection:
                feld, row = self._open(connection, token)
            if self._put(feld, row, file, kept):
                return
        raise Conflict(texts().anlage.nicht_angekommen)

    def _put(self, feld: str, row: Row, file: Anlage, content: bytes) -> bool:
        """Whether the draft was still as it was read."""
        with self._engine.begin() as connection:
            same = (entwurf.c.id == row.id) & (entwurf.c.fassung == row.fassung) & entwurf.c.vorgangsnummer.is_(None)
            if not connection.execute(update(entwurf).where(same).values(fassung=row.fassung + 1)).rowcount:
                return False
            werte = opened(self._vault, row.werte) | {feld: self._attachments.add(connection, row.id, feld, file, content)}
            self._attachments.keep(connection, row.id, chosen(row.formular, werte).values())
            connection.execute(update(entwurf).where(entwurf.c.id == row.id).values(werte=sealed(self._vault, werte)))
            note(connection, self._clock(), CITIZEN, "hochgeladen", row.id)
            return True

    def forget(self) -> None:
        """Drops links that have run out."""
        with self._engine.begin() as connection:
            connection.execute(delete(hochladen).where(hochladen.c.gueltig_bis <= self._clock()))

    def _open(self, connection: Connection, token: str) -> tuple[str, Row]:
        """(property, draft) of a link."""
        alive = (hochladen.c.pseudonym == self._kept(token)) & (hochladen.c.gueltig_bis > self._clock())
        known = connection.execute(select(hochladen).where(alive)).first()
        row = known and self._drafts.find(connection, known.entwurf)
        if known is None or row is None:
            raise NotFound(texts().anlage.kein_link)
        self._drafts.refuse_submitted(row)
        return known.feld, row

    def _kept(self, token: str) -> str:
        return self._vault.pseudonym(f"hochladen {token}")
