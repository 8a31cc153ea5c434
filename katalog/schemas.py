"""What the catalogue API answers."""

from pydantic import BaseModel

from core.catalogue import Auskunft, StelleAuskunft, Treffer


class Suchergebnis(BaseModel):
    """Services found, best first; empty when no service is meant.

    ``treffer``: those that may be meant. ``naechste``: the nearest ones, also where none is meant, to offer them.
    ``auskunft``: the whole first service, or the one named by ``leistung``; saves the caller a second call.
    """

    treffer: list[Treffer]
    naechste: list[Treffer]
    ohne_leistung: float
    auskunft: Auskunft | None = None
    kontext: Auskunft | None = None


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


class Lebenslage(BaseModel):
    """A life situation with its services (id and title)."""

    name: str
    leistungen: list[Treffer]


class Lebenslagen(BaseModel):
    """All life situations that have services."""

    lebenslagen: list[Lebenslage]
