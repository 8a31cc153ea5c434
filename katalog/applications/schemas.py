"""What goes in and out of the applications API (``/antraege/v1``)."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StringConstraints

Status = Literal["eingegangen", "in_bearbeitung", "rueckfrage", "erledigt", "abgelehnt", "zurueckgenommen"]
# An address or a description fits; a book does not.
Wort = Annotated[str, StringConstraints(max_length=4000)]
Wert = StrictBool | StrictInt | Annotated[StrictFloat, Field(allow_inf_nan=False)] | Wort
Werte = dict[Annotated[str, StringConstraints(max_length=80)], Wert]
Gespraech = Annotated[str, StringConstraints(min_length=1, max_length=200), Field(description="Kennung des Gesprächs")]
Fassung = Annotated[int, Field(ge=0, le=1_000_000)]
Eingabe = Annotated[str, StringConstraints(min_length=1, max_length=100)]


def _at_most_100(werte: Werte) -> Werte:
    if len(werte) > 100:
        raise ValueError("höchstens 100 Angaben")
    return werte


class Formular(BaseModel):
    """The form of a service: its JSON Schema, in JSON as ``schema`` (pydantic has a method of that name)."""

    model_config = ConfigDict(populate_by_name=True)

    leistung: str
    titel: str
    formular: dict[str, Any] = Field(alias="schema")


class NeuerEntwurf(BaseModel):
    """Asks for a draft."""

    leistung: Annotated[str, StringConstraints(max_length=80), Field(examples=["hundesteuer-anmelden"])]
    gespraech: Gespraech


class Entwurf(BaseModel):
    """A draft. ``werte``: {property: value}, days as ISO; ``fassung`` counts the changes; ``vorgangsnummer``: once submitted."""

    id: str
    leistung: str
    titel: str
    formular: dict[str, Any]
    werte: dict[str, Any]
    fassung: int
    gueltig_bis: datetime
    vorgangsnummer: str | None = None


class NeueWerte(BaseModel):
    """All values so far, made of the draft in version ``fassung``."""

    werte: Annotated[Werte, AfterValidator(_at_most_100)]
    fassung: Fassung


class Code(BaseModel):
    """A resume code, shown once."""

    code: str
    gueltig_bis: datetime


class Fortsetzen(BaseModel):
    """Asks for the draft of a code."""

    code: Eingabe
    gespraech: Gespraech


class Absenden(BaseModel):
    """Submits the draft as it was in version ``fassung``."""

    fassung: Fassung


class Hochladen(BaseModel):
    """Where a file is uploaded: a path of the gateway with a token."""

    url: str


class Quittung(BaseModel):
    """What somebody who submitted must know. ``pin`` is told here only; ``unterlagen``: documents that these values ask for."""

    vorgangsnummer: str
    pin: str
    eingegangen_am: datetime
    status: Status
    naechster_schritt: str
    unterlagen: list[str]
    demonstration: bool


class Ausweis(BaseModel):
    """Who knows number and PIN may see the case."""

    vorgangsnummer: Eingabe
    pin: Eingabe
    gespraech: Gespraech


class Vorgang(BaseModel):
    """How a case stands. ``antwort``: what the office wrote."""

    vorgangsnummer: str
    titel: str
    status: Status
    status_text: str
    seit: datetime
    naechster_schritt: str
    antwort: str | None
    demonstration: bool
