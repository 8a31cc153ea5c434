"""Which conversations are asked for: the filter as it stands in the address, and as conditions of SQL.

What is said of a message (its words, intent, service, confidence, rating …) has to hold for one message of the conversation, all at once.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from console.conversations.search import matches
from console.conversations.tables import gespraech, schlagwort, zug
from core.clock import ZONE
from core.errors import BadInput

SURE = 100
Percent = Annotated[int, Field(ge=0, le=100)]
Count = Annotated[int, Field(ge=1, le=10_000)]
Name = Annotated[str, Field(max_length=80)]


class Filter(BaseModel):
    """Empty: everything that is no staff test. Days are the city's; ``sicher_von`` and ``sicher_bis`` are per cent.

    ``laenge``: number of messages. ``geloest``: the closing question. ``auffaellig``: what went wrong with a message.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    q: Annotated[str, Field(max_length=300)] = ""
    von: date | None = None
    bis: date | None = None
    kanal: Name = ""
    sprache: Name = ""
    intent: Name = ""
    leistung: Name = ""
    sicher_von: Percent | None = None
    sicher_bis: Percent | None = None
    daumen: Literal["", "hoch", "runter", "ohne"] = ""
    auffaellig: Literal["", "fallback", "rueckfrage", "ohne_auskunft", "ausgefallen"] = ""
    laenge_von: Count | None = None
    laenge_bis: Count | None = None
    geloest: Literal["", "ja", "nein", "offen"] = ""
    gesehen: Literal["", "ja", "nein"] = ""
    schlagwort: Annotated[str, Field(max_length=40)] = ""
    pruefung: Literal["", "auch", "nur"] = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """From the address. Raises BadInput, which names the field."""
        try:
            return cls.model_validate({name: value.strip() for name, value in given.items() if value.strip()})
        except ValidationError as error:
            names = sorted({str(one["loc"][0]) for one in error.errors(include_input=False)})
            raise BadInput(f"Der Filter passt nicht. Bitte prüfen Sie: {', '.join(names)}.") from None

    def query(self, **more: str) -> str:
        """As in an address, without what is not asked; ``more`` comes behind."""
        return urlencode(self.model_dump(mode="json", exclude_defaults=True) | more)

    def changed(self, **values: Any) -> str:
        """The address of the same list with other values."""
        return self.model_copy(update=values).query()

    def conditions(self, connection: Connection) -> list[ColumnElement[Any]]:
        """What has to hold for a row of ``gespraech``."""
        found = [*self._of_conversation()]
        turns = [*self._of_turn(connection)]
        if turns:
            if self.von:
                turns.append(zug.c.zeit >= day(self.von))  # follows from the conversation's own day, and spares the years before
            found.append(gespraech.c.id.in_(select(zug.c.gespraech).where(*turns)))
        return found

    def _of_conversation(self) -> Iterator[ColumnElement[Any]]:
        own = gespraech.c
        if self.von:
            yield own.begonnen >= day(self.von)
        if self.bis:
            yield own.begonnen < day(self.bis, after=1)
        for name in ("kanal", "sprache"):
            if wanted := getattr(self, name):
                yield own[name] == wanted
        if self.daumen == "ohne":
            yield own.daumen.is_(None)
        if self.laenge_von:
            yield own.zuege >= self.laenge_von
        if self.laenge_bis:
            yield own.zuege <= self.laenge_bis
        if self.geloest:
            yield own.geloest.is_({"ja": True, "nein": False, "offen": None}[self.geloest])
        if self.gesehen:
            yield own.gesehen_am.is_not(None) if self.gesehen == "ja" else own.gesehen_am.is_(None)
        if self.schlagwort:
            yield own.id.in_(select(schlagwort.c.gespraech).where(schlagwort.c.name == self.schlagwort))
        if self.pruefung != "auch":
            yield own.pruefung.is_(self.pruefung == "nur")

    def _of_turn(self, connection: Connection) -> list[ColumnElement[Any]]:
        own = zug.c
        words = matches(connection, zug, self.q) if self.q else None
        found = [] if words is None else [words]
        if self.intent:
            found.append(own.intent == self.intent)
        if self.leistung:
            found.append(own.leistung == self.leistung)
        if self.sicher_von:
            found.append(own.sicherheit >= self.sicher_von / 100)
        if self.sicher_bis is not None and self.sicher_bis < SURE:
            found.append(own.sicherheit <= self.sicher_bis / 100)
        if self.daumen in ("hoch", "runter"):
            found.append(own.daumen == (1 if self.daumen == "hoch" else -1))
        if self.auffaellig:
            found.append(own[self.auffaellig].is_(True))
        return found


def day(one: date, after: int = 0) -> datetime:
    """The moment at which a day of the city, or the one so many days after it, begins."""
    return datetime.combine(one + timedelta(days=after), time.min, ZONE)
