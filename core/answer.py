"""The one semantic answer that the bot gives and every channel renders (the ``custom`` payload, version 1)."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from core.catalogue import Herkunft

VERSION = 1
# Four is what a person can choose from at a glance.
MOST_BUTTONS = 4


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Button(Part):
    """Something the citizen may press instead of typing. ``payload`` counts only in the conversation it was offered in."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    payload: Annotated[str, StringConstraints(pattern=r"^/[a-z_]+(\{.*\})?$", max_length=300)]


class Link(Part):
    """A page outside; only addresses that the catalogue holds."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    url: Annotated[str, StringConstraints(pattern=r"^(https?://|tel:)", max_length=1000)]


class Fakt(Part):
    """One fact with the sources that say so; the first is the one to name. ``art`` tells documents to tick off from steps.

    ``beleg``: number of its source line (from 1) where an answer has several, else null. ``button`` opens what the fact names; its
    title is how the text begins.
    """

    text: str
    art: Literal["punkt", "schritt", "unterlage"] = "punkt"
    quellen: list[Herkunft] = []
    beleg: int | None = None
    button: Button | None = None


class LeistungBezug(Part):
    """The service an answer is about."""

    id: str
    schluessel: str | None
    titel: str


class Eingabe(Part):
    """What the next message is best entered with: the question of a form. It may always be typed instead.

    ``nummer`` of ``anzahl`` questions. ``zweck``: token of HTML's autocomplete. ``von``, ``bis``: first and last day, as ISO dates.
    """

    art: Literal["text", "datum", "zahl", "email", "auswahl", "datei"]
    titel: str
    nummer: Annotated[int, Field(ge=1)]
    anzahl: int
    zweck: str | None = None
    von: str | None = None
    bis: str | None = None


class Antwort(Part):
    """``text`` comes first and answers; ``fakten`` follow; ``nachtrag`` says what to do when something is missing.

    ``sprache``: ISO 639-1 code of text and nachtrag; facts, names and sources are in German. ``stoerung``: what was away, for the numbers.
    ``vertraulich``: this answer, or the message that it answers, holds what a form asked; staff do not read the turn.
    ``eingabe``: what a form asks next.
    ``tun``: what the gateway does with the conversation now: tells what is stored of it, or deletes it after this answer.
    ``notfall``: it tells help lines, because the words were those of somebody in need.
    ``absender``: who writes; a person with ``absender_name``, as they call themselves towards citizens.

    For staff, and shown to nobody else: ``rueckfrage``: it asks which service is meant; ``ohne_auskunft``: the catalogue holds nothing on
    what was asked; ``nicht_verstanden``: it only offers what may be meant; ``kandidaten``: (id, score) of what the search found.
    """

    version: Literal[1] = 1
    sprache: str = "de"
    text: str
    fakten: list[Fakt] = []
    nachtrag: str | None = None
    quellenangaben: list[str] = []
    buttons: Annotated[list[Button], Field(max_length=MOST_BUTTONS)] = []
    links: list[Link] = []
    leistung: LeistungBezug | None = None
    quelle: Herkunft | None = None
    stoerung: Literal["katalog"] | None = None
    vertraulich: bool = False
    notfall: bool = False
    absender: Literal["lotse", "mensch"] = "lotse"
    absender_name: str | None = None
    eingabe: Eingabe | None = None
    tun: Literal["gespraech_zeigen", "gespraech_loeschen"] | None = None
    rueckfrage: bool = False
    ohne_auskunft: bool = False
    nicht_verstanden: bool = False
    kandidaten: list[tuple[str, float]] = []

    def offered(self) -> list[Button]:
        """All buttons of the answer: those of its facts, then its own."""
        return [*(fact.button for fact in self.fakten if fact.button), *self.buttons]

    def lead(self) -> str:
        """The text; where a person writes, behind their name: for channels that show no sender of their own."""
        return f"{self.absender_name}: {self.text}" if self.absender == "mensch" and self.absender_name else self.text


def fact_line(fact: Fakt) -> str:
    """A fact with the number of its source, where there are several."""
    return f"{fact.text} [{fact.beleg}]" if fact.beleg else fact.text


def source_lines(answer: Antwort) -> list[str]:
    """The source lines, numbered where there are several."""
    several = len(answer.quellenangaben) > 1
    return [f"[{number}] {line}" if several else line for number, line in enumerate(answer.quellenangaben, 1)]


def blocks(answer: Antwort) -> tuple[str, str, str]:
    """The answer as plain text in three parts, some of them empty: text with facts, what to do when something is missing, sources."""
    facts = [
        f"{number}. {fact_line(fact)}" if fact.art == "schritt" else f"• {fact_line(fact)}" for number, fact in enumerate(answer.fakten, 1)
    ]
    return "\n".join([answer.lead(), *facts]), answer.nachtrag or "", "\n".join(source_lines(answer))


def plain_text(answer: Antwort) -> str:
    """The answer as plain text: for the terminal, and the base for channels without rich elements."""
    return "\n\n".join(block for block in blocks(answer) if block)
