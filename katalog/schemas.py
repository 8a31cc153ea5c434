"""What the catalogue API answers."""

from pydantic import BaseModel

from core.catalogue import Auskunft, Herkunft, StelleAuskunft, Treffer
from core.checklist import ChecklisteAuskunft


class Satz(BaseModel):
    """The sentence of a record that most likely answers a question of detail; ``sicher`` is the probability (0 to 1).

    ``position``: its place in a list field, null in a field of one text.
    """

    feld: str
    position: int | None
    text: str
    sicher: float
    herkunft: list[Herkunft]


class Suchergebnis(BaseModel):
    """Services found, best first; empty when no service is meant.

    ``treffer``: those that may be meant. ``naechste``: the nearest ones, also where none is meant, to offer them.
    ``auskunft``: the whole nearest service, ``kontext`` the one named by ``leistung``; they save the caller a second call.
    ``detail``: how likely a detail is asked for (0 to 1); ``saetze`` and ``kontext_saetze``: what the records of both say
    nearest to the question, at most two sentences, best first.
    ``checkliste``: the life event that is asked about as a whole; ``verwandt``: one that begins with the first service.
    """

    treffer: list[Treffer]
    naechste: list[Treffer]
    ohne_leistung: float
    auskunft: Auskunft | None = None
    kontext: Auskunft | None = None
    detail: float = 0.0
    saetze: list[Satz] = []
    kontext_saetze: list[Satz] = []
    checkliste: ChecklisteAuskunft | None = None
    verwandt: ChecklisteAuskunft | None = None


class LeistungListe(BaseModel):
    """One page of services; ``weiter`` is the value for ``nach`` of the next page."""

    leistungen: list[Auskunft]
    weiter: str | None
    gesamt: int


class StelleListe(BaseModel):
    """One page of offices."""

    stellen: list[StelleAuskunft]
    weiter: str | None
    gesamt: int


class Checklisten(BaseModel):
    """All checklists."""

    checklisten: list[ChecklisteAuskunft]


class Lebenslage(BaseModel):
    """A life situation with its services (id and title)."""

    name: str
    leistungen: list[Treffer]


class Lebenslagen(BaseModel):
    """All life situations that have services."""

    lebenslagen: list[Lebenslage]
