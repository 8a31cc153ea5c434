"""Checklists of life events: which services follow each other when somebody moves, is born or dies."""

from pydantic import Field

from core.catalogue import Herkunft, Kennung, Record, Text, Texte


class Schritt(Record):
    """One service of a checklist. ``wann`` says by when, only as far as the service's own record does; ``falls`` for whom it is.

    ``einstieg``: whether somebody who asks for this service may be at the beginning of the life event.
    """

    leistung: Kennung
    wann: Text | None = None
    falls: Text | None = None
    einstieg: bool = True


class Checkliste(Record):
    """A life event as imported. ``fragen`` ask for the whole event, ``gegenfragen`` for one thing of it: the difference is learned."""

    id: Kennung
    titel: Text
    einleitung: Text
    schritte: list[Schritt] = Field(min_length=1)
    fragen: Texte = Field(default_factory=list)
    gegenfragen: Texte = Field(default_factory=list)


class SchrittAuskunft(Schritt):
    """A step as served, with the title of its service and, where it says ``wann``, the sources of that."""

    titel: str
    herkunft: list[Herkunft] = Field(default_factory=list)


class ChecklisteAuskunft(Record):
    """A checklist as served: steps whose service the catalogue has, in their order."""

    id: str
    titel: str
    einleitung: str
    schritte: list[SchrittAuskunft]
