"""What a message is about: the service and the aspect, from the words, the buttons and the turns before."""

from dataclasses import dataclass
from typing import Literal

from actions.facts import FACTS
from core.catalogue import Auskunft, Treffer
from core.checklist import ChecklisteAuskunft
from katalog.schemas import Satz, Suchergebnis
from language.ellipsis import keeps_question

OVERVIEW = "leistung_suchen"
# Below this, or when the second is nearly as likely, the citizen is asked; in between the first is answered and the others are offered.
LIKELY = 0.3
NEARLY = 0.75
# From here on nobody else is offered.
CERTAIN = 0.75
# To leave the service that is being talked about, a new one must be this likely.
LEAVE = 0.25
# What is asked of a life event as a whole; „was kostet eine Hochzeit?“ wants one number.
OF_THE_WHOLE = (OVERVIEW, "frage_ablauf", "frage_unterlagen", "frage_voraussetzungen", "frage_zustaendigkeit", "antrag_starten")
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
    checkliste: str | None = None
    alter: int | None = None


@dataclass(frozen=True)
class Topic:
    """``kind`` says what to do.

    antwort: answer about ``auskunft``; ``candidates`` may be meant instead, ``checkliste`` is the life event that it begins, ``satz`` its
    sentence on a detail, which is asked for with the probability ``detail`` · checkliste: give it · auswahl: ask which of ``candidates`` ·
    welche: ask for the service · nichts: offer the nearest.
    """

    kind: Literal["antwort", "checkliste", "auswahl", "welche", "nichts"]
    aspect: str
    auskunft: Auskunft | None = None
    candidates: tuple[Treffer, ...] = ()
    checkliste: ChecklisteAuskunft | None = None
    satz: Satz | None = None
    detail: float = 0.0


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
    if found.checkliste and (turn.checkliste or aspect in OF_THE_WHOLE):
        return Topic("checkliste", OVERVIEW, checkliste=found.checkliste)
    if context and (not hits or hits[0].score < LEAVE) and turn.intent in FACTS and turn.intent != OVERVIEW:
        return Topic("antwort", aspect, context, satz=found.kontext_satz, detail=found.detail)
    if hits:
        first, others = hits[0], tuple(hit for hit in hits[1:] if hit.score >= CANDIDATE)
        if first.score < LIKELY and others and others[0].score > NEARLY * first.score:
            return Topic("auswahl", aspect, candidates=(first, *others))
        others = () if first.score >= CERTAIN else others
        return Topic("antwort", aspect, found.auskunft, others, found.verwandt, found.satz, found.detail)
    if turn.intent in FACTS and turn.intent != OVERVIEW and not turn.offen:
        return Topic("welche", aspect)
    return Topic("nichts", aspect, candidates=tuple(found.naechste))
