"""What a message is about: the service and the aspect, from the words, the buttons and the turns before."""

from dataclasses import dataclass
from typing import Literal

from actions.facts import FACTS
from katalog.schemas import Suchergebnis
from core.catalogue import Auskunft, Treffer
from language.ellipsis import keeps_question

OVERVIEW = "leistung_suchen"
# One candidate answers alone from here on, or when it is three times as likely as the next; both chosen on held-out questions.
CERTAIN = 0.5
AHEAD = 3.0
# To leave the service that is being talked about, a new one must be this likely.
LEAVE = 0.3
# A candidate for the question back must be at least this likely.
CANDIDATE = 0.06


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
    """``kind`` says what to do: answer about ``auskunft``, ask which of ``candidates``, ask for the service, or offer the nearest."""

    kind: Literal["antwort", "auswahl", "welche", "nichts"]
    aspect: str
    auskunft: Auskunft | None = None
    candidates: tuple[Treffer, ...] = ()


def aspect_of(turn: Turn) -> str:
    """The aspect asked for; the one before where the message only names another service or answers our question."""
    if turn.intent in FACTS and turn.intent != OVERVIEW:
        return turn.intent
    if turn.aspekt and (turn.offen or keeps_question(turn.text)):
        return turn.aspekt
    return OVERVIEW


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
        first = hits[0]
        second = hits[1].score if len(hits) > 1 else 0.0
        if first.score >= CERTAIN or first.score >= AHEAD * second:
            return Topic("antwort", aspect, found.auskunft)
        return Topic("auswahl", aspect, candidates=tuple(hit for hit in hits if hit.score >= CANDIDATE))
    if turn.intent in FACTS and turn.intent != OVERVIEW:
        return Topic("welche", aspect)
    return Topic("nichts", aspect, candidates=tuple(found.naechste))
