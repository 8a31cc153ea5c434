"""What a message is about: the service and the aspect, from the words, the buttons and the turns before."""

from dataclasses import dataclass
from typing import Literal

from actions.facts import FACTS
from core.catalogue import Auskunft, Treffer
from katalog.schemas import Suchergebnis
from language.ellipsis import keeps_question

OVERVIEW = "leistung_suchen"
# Below this, or when the second is nearly as likely, the citizen is asked; in between the first is answered and the others are offered.
LIKELY = 0.3
NEARLY = 0.75
# From here on nobody else is offered.
CERTAIN = 0.75
# To leave the service that is being talked about, a new one must be this likely.
LEAVE = 0.25
# A candidate worth offering.
CANDIDATE = 0.05


@dataclass(frozen=True)
class Turn:
    """What the citizen said, as understood by Rasa, and the topic so far (slots)."""

    text: str
    intent: str
    leistung: str | None
    aspekt: str | None
    offen: bool
    pressed: bool = False


@dataclass(frozen=True)
class Topic:
    """``kind`` says what to do: answer about ``auskunft`` (``candidates``: what else may be meant), ask which of ``candidates``,
    ask for the service, or offer the nearest."""

    kind: Literal["antwort", "auswahl", "welche", "nichts"]
    aspect: str
    auskunft: Auskunft | None = None
    candidates: tuple[Treffer, ...] = ()


def aspect_of(turn: Turn) -> str:
    """The aspect asked for; the one before where the message only names another service or answers our question."""
    if turn.aspekt and keeps_question(turn.text):
        return turn.aspekt  # before the intent: „und beim Reisepass?“ has no cue of its own
    if turn.intent in FACTS and turn.intent != OVERVIEW:
        return turn.intent
    return turn.aspekt if turn.aspekt and turn.offen else OVERVIEW


def decide(turn: Turn, found: Suchergebnis) -> Topic:
    """The topic of one message. ``found`` comes from one search with the service so far as context."""
    aspect = aspect_of(turn)
    context = found.kontext
    if turn.pressed and context:
        return Topic("antwort", aspect, context)
    hits = found.treffer
    if context and (not hits or hits[0].score < LEAVE) and turn.intent in FACTS and turn.intent != OVERVIEW:
        return Topic("antwort", aspect, context)
    if hits:
        first, others = hits[0], tuple(hit for hit in hits[1:] if hit.score >= CANDIDATE)
        if first.score < LIKELY and others and others[0].score > NEARLY * first.score:
            return Topic("auswahl", aspect, candidates=(first, *others))
        return Topic("antwort", aspect, found.auskunft, () if first.score >= CERTAIN else others)
    if turn.intent in FACTS and turn.intent != OVERVIEW and not turn.offen:
        return Topic("welche", aspect)
    return Topic("nichts", aspect, candidates=tuple(found.naechste))
