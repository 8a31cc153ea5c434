"""Drafts of applications: begun, filled in, deleted; they live seven days."""

import secrets
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection, Engine, Row
from sqlalchemy.exc import IntegrityError

from core.clock import Clock
from core.errors import Conflict, Invalid, NotFound
from core.vault import Vault
from katalog.applications.attachments import Attachments, chosen
from katalog.applications.audit import CITIZEN, SYSTEM, note
from katalog.applications.forms import Schema
from katalog.applications.schemas import Entwurf, Formular
from katalog.applications.seals import opened, sealed
from katalog.applications.tables import code, entwurf
from katalog.applications.texts import texts
from katalog.applications.values import Values, faults

LIFE = timedelta(days=7)



class Drafts:
    """``forms``: {kennung: schema}; ``served``: whether the catalogue has a service."""

    def __init__(
        self, engine: Engine, vault: Vault, clock: Clock, attachments: Attachments, forms: Mapping[str, Schema],
        served: Callable[[str], bool],
    ) -> None:  # fmt: skip
        self._engine = engine
        self._vault = vault
        self._attachments = attachments
        self._clock = clock
        self._forms = forms
        self._served = served

    @property
    def today(self) -> date:
        """The city's day."""
        return self._clock().date()

    def offered(self) -> list[str]:
        """Services with a form."""
        return sorted(filter(self._served, self._forms))

    def form(self, leistung: str) -> Formular:
        """The form of a service. Raises NotFound."""
        form = self._forms.get(leistung)
        if form is None or not self._served(leistung):
            raise NotFound(texts().kein_formular)
        return Formular(leistung=leistung, titel=form["title"], formular=form)

    def begin(self, leistung: str, gespraech: str, key: str) -> Entwurf:
        """A new draft; the same conversation and key give the one that was begun. Raises NotFound, Conflict."""
        form, now, fresh = self.form(leistung), self._clock(), secrets.token_urlsafe(16)
        # Conversations choose their message ids themselves: the key alone could be another citizen's.
        owner = self._vault.pseudonym(f"entwurf {gespraech} {key}")
        try:
            with self._engine.begin() as connection:
                self._drop(connection, (entwurf.c.schluessel == owner) & (entwurf.c.gueltig_bis <= now), SYSTEM)
                connection.execute(insert(entwurf).values(
                    id=fresh, schluessel=owner, leistung=leistung, formular=form.formular, werte=sealed(self._vault, {}), fassung=0,
                    gueltig_bis=now + LIFE,
                ))  # fmt: skip
                note(connection, now, CITIZEN, "begonnen", fresh)
        except IntegrityError:
            with self._engine.connect() as connection:
                begun = connection.execute(select(entwurf).where(entwurf.c.schluessel == owner)).one()
            if begun.leistung != leistung:
                raise Conflict(texts().anderer_entwurf) from None
            return self.shown(begun)
        return self.get(fresh)

    def get(self, draft: str) -> Entwurf:
        """The draft. Raises NotFound when it is deleted or too old."""
        with self._engine.connect() as connection:
            return self.shown(self.row(connection, draft))

    def put(self, draft: str, werte: Values, fassung: int) -> Entwurf:
        """Replaces the values. Raises NotFound, Invalid (a value does not fit), Conflict (another version, or submitted)."""
        now = self._clock()
        with self._engine.connect() as connection:
            kept = [(one.feld, one.id) for one in self._attachments.of(connection, draft)]
            row = self.row(connection, draft)  # after the files: one replaced since is a conflict and no wrong value
        self.refuse_submitted(row)
        if row.fassung != fassung:
            raise Conflict(texts().andere_fassung)
        named = chosen(row.formular, werte)
        foreign = [{"feld": feld, "grund": "format"} for feld, id in named.items() if (feld, id) not in kept]
        if wrong := faults(row.formular, werte, self.today) or foreign:
            raise Invalid(wrong)
        with self._engine.begin() as connection:
            same = (entwurf.c.id == draft) & (entwurf.c.fassung == fassung) & entwurf.c.vorgangsnummer.is_(None)
            values = {"werte": sealed(self._vault, werte), "fassung": fassung + 1}
            changed = connection.execute(update(entwurf).where(same, entwurf.c.gueltig_bis > now).values(values)).rowcount
            row = self.row(connection, draft)
            if not changed:
                self.refuse_submitted(row)
                raise Conflict(texts().andere_fassung)
            self._attachments.keep(connection, draft, named.values())
            note(connection, now, CITIZEN, "geaendert", draft)
            return self.shown(row)

    def delete(self, draft: str) -> None:
        """Deletes it, if it is there."""
        with self._engine.begin() as connection:
            self._drop(connection, entwurf.c.id == draft, CITIZEN)

    def forget(self) -> None:
        """Deletes what is too old."""
        with self._engine.begin() as connection:
            self._drop(connection, entwurf.c.gueltig_bis <= self._clock(), SYSTEM)

    def _drop(self, connection: Connection, which: Any, who: str) -> None:
        connection.execute(update(entwurf).where(which).values(fassung=entwurf.c.fassung))  # locks them: none becomes a case
        for draft, number in connection.execute(select(entwurf.c.id, entwurf.c.vorgangsnummer).where(which)).all():
            connection.execute(delete(code).where(code.c.entwurf == draft))
            if number is None:  # otherwise they belong to the case
                self._attachments.drop(connection, draft)
            if connection.execute(delete(entwurf).where(entwurf.c.id == draft)).rowcount:
                note(connection, self._clock(), who, "entwurf_geloescht", draft)

    def find(self, connection: Connection, draft: str) -> Row | None:
        """The row, if there is one that is not too old."""
        return connection.execute(select(entwurf).where(entwurf.c.id == draft, entwurf.c.gueltig_bis > self._clock())).first()

    def row(self, connection: Connection, draft: str) -> Row:
        """The row. Raises NotFound."""
        found = self.find(connection, draft)
        if found is None:
            raise NotFound(texts().kein_entwurf)
        return found

    def shown(self, row: Row) -> Entwurf:
        """The draft as it is served."""
        return Entwurf(
            id=row.id, leistung=row.leistung, titel=row.formular["title"], formular=row.formular, werte=opened(self._vault, row.werte),
            fassung=row.fassung, gueltig_bis=row.gueltig_bis, vorgangsnummer=row.vorgangsnummer,
        )  # fmt: skip

    @staticmethod
    def refuse_submitted(row: Row) -> None:
        """Raises Conflict where the draft has become a case."""
        if row.vorgangsnummer:
            raise Conflict(texts().schon_abgesendet, row.vorgangsnummer)
