"""What goes in and out of the inbox of the offices (``/antraege/v1/postfach``)."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, StringConstraints

from katalog.applications.schemas import Status

# What an office may say: an application comes in by itself, and only citizens take theirs back.
Entscheidung = Literal["in_bearbeitung", "rueckfrage", "erledigt", "abgelehnt"]


class Eingang(BaseModel):
    """One application in the list: nothing that a citizen wrote."""

    vorgangsnummer: str
    titel: str
    leistung: str
    referat: str | None
    status: Status
    eingegangen_am: datetime
    seit: datetime


class Angabe(BaseModel):
    """A value as people read it: title of its question, text."""

    feld: str
    titel: str
    text: str


class Datei(BaseModel):
    """An attachment; ``groesse`` in bytes."""

    id: str
    feld: str
    name: str
    typ: str
    groesse: int


class Schritt(BaseModel):
    """One entry of a case's history."""

    status: Status
    wann: datetime


class Antrag(Eingang):
    """One application as an official reads it."""

    antwort: str | None
    angaben: list[Angabe]
    dateien: list[Datei]
    unterlagen: list[str]
    verlauf: list[Schritt]
    demonstration: bool


class Ausfuhr(Antrag):
    """For another system: with the values as they were sent (days as ISO) and the JSON Schema that they were asked by."""

    formular: dict[str, Any]
    werte: dict[str, Any]


class NeuerStatus(BaseModel):
    """What an office decides, and what it says to the citizen."""

    status: Entscheidung
    antwort: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)] | None = None
