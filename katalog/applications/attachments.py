"""Attachments of a draft and of the case that it becomes: sealed, and deleted with its values."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection, Row

from core.vault import Vault
from katalog.applications.files import Anlage
from katalog.applications.forms import Schema
from katalog.applications.seals import opened, sealed
from katalog.applications.tables import anlage, hochladen
from katalog.applications.values import Values

_ABOUT = (anlage.c.id, anlage.c.feld, anlage.c.name, anlage.c.typ, anlage.c.groesse)


def fields(schema: Schema) -> list[str]:
    """Properties that hold an attachment."""
    return [name for name, one in schema["properties"].items() if one.get("format") == "anlage"]


def chosen(schema: Schema, values: Values) -> dict[str, str]:
    """{property: id} of the attachments in these values."""
    return {name: values[name] for name in fields(schema) if name in values}


@dataclass(frozen=True)
class Attached:
    """What is known of an attachment without opening it. ``groesse`` in bytes."""

    id: str
    feld: str
    name: str
    typ: str
    groesse: int


class Attachments:
    """Works inside the caller's transaction: attachments change together with the values that name them."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def add(self, connection: Connection, draft: str, feld: str, file: Anlage, content: bytes) -> str:
        """Keeps the file, its content sealed; gives its id, which the value of the property has to become."""
        fresh = secrets.token_urlsafe(16)
        connection.execute(insert(anlage).values(
            id=fresh, entwurf=draft, feld=feld, name=sealed(self._vault, file.name), typ=file.typ, groesse=len(file.inhalt),
            inhalt=content,
        ))  # fmt: skip
        return fresh

    def of(self, connection: Connection, draft: str) -> list[Attached]:
        """All of a draft, or of the case that it became."""
        rows = connection.execute(select(*_ABOUT).where(anlage.c.entwurf == draft).order_by(anlage.c.id))
        return [self._about(row) for row in rows]

    def file(self, connection: Connection, draft: str, id: str) -> Anlage | None:
        """The file itself."""
        row = connection.execute(select(anlage).where(anlage.c.entwurf == draft, anlage.c.id == id)).first()
        return row and Anlage(self._about(row).name, row.typ, self._vault.open(row.inhalt))

    def keep(self, connection: Connection, draft: str, ids: Iterable[str]) -> None:
        """Deletes all but these: what the values no longer name must not stay."""
        connection.execute(delete(anlage).where(anlage.c.entwurf == draft, anlage.c.id.not_in([*ids])))

    def drop(self, connection: Connection, draft: str) -> None:
        """Deletes all, and the links to upload more."""
        self.keep(connection, draft, [])
        connection.execute(delete(hochladen).where(hochladen.c.entwurf == draft))

    def _about(self, row: Row) -> Attached:
        return Attached(row.id, row.feld, opened(self._vault, row.name), row.typ, row.groesse)
