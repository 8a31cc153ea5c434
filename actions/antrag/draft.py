"""The draft of a form that is being filled in: read once a turn, written once where an answer fits."""

import asyncio
from dataclasses import dataclass
from typing import Self

from actions.antrag.client import client
from actions.antrag.form import Field, Form, Values
from core.answer import Antwort, LeistungBezug
from core.errors import Conflict, NotFound, Unavailable
from core.settings import Settings
from katalog.applications.schemas import Entwurf

# A turn reads (5 ms) and then writes (up to 3 s): both must end within the 4.5 s that the gateway waits.
READ_SECONDS = 1.4


@dataclass(frozen=True)
class Draft:
    """A draft and its form. Every method that asks the catalogue raises its errors (core/errors.py)."""

    entwurf: Entwurf
    form: Form

    @classmethod
    def of(cls, entwurf: Entwurf) -> Self:
        """The draft with its form."""
        return cls(entwurf, Form(entwurf.formular))

    @classmethod
    async def open(cls, id: str) -> Self:
        """The draft as the catalogue has it."""
        try:
            async with asyncio.timeout(READ_SECONDS):
                return cls.of(await client().draft(id))
        except TimeoutError:
            raise Unavailable("Katalog: Entwurf kommt nicht in der Zeit") from None

    @property
    def values(self) -> Values:
        """The values so far, of the fields that apply."""
        return self.form.kept(self.entwurf.werte)

    @property
    def title(self) -> str:
        """The name of the service."""
        return self.entwurf.titel

    def field(self, name: str | None) -> Field | None:
        """The field of this name, where it applies."""
        return self.form.field(name, self.values)

    async def written(self, values: Values) -> "Draft":
        """The draft with these values. Where somebody else wrote meanwhile (an upload), what changed here is put on top, once."""
        kept = self.form.kept(values)
        try:
            return Draft.of(await client().put(self.entwurf.id, kept, self.entwurf.fassung))
        except Conflict:
            fresh = await Draft.open(self.entwurf.id)
            if fresh.entwurf.vorgangsnummer:
                raise
        mine = {name: value for name, value in kept.items() if self.entwurf.werte.get(name) != value}
        return Draft.of(await client().put(fresh.entwurf.id, self.form.kept(fresh.entwurf.werte | mine), fresh.entwurf.fassung))

    async def upload_address(self, field: Field | None) -> str | None:
        """Where the file of this field is uploaded; None where it is none, or the catalogue takes none."""
        if field is None or field.kind != "file":
            return None
        try:
            return Settings().public_address + await client().upload_link(self.entwurf.id, field.name)
        except NotFound:
            return None

    def about(self, answer: Antwort) -> Antwort:
        """The answer with the service that it is about."""
        return answer.model_copy(update={"leistung": LeistungBezug(id=self.entwurf.leistung, schluessel=None, titel=self.title)})
