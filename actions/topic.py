"""What a message is about: the service and the aspect, from the words, the buttons and the turns before."""

import re
from dataclasses import dataclass
from typing import Literal

from actions.facts import FACTS
from actions.named import CERTAIN, names, of_one_kind
from actions.staying import CANDIDATE, POINTS_BACK, leaves, of_this_kind, stays
from actions.turn import Turn
from actions.voice import voice
from core.catalogue import Auskunft, Treffer
from core.checklist import ChecklisteAuskunft
from core.intents import OVERVIEW
from katalog.schemas import Satz, Suchergebnis
from language.ellipsis import for_somebody, goes_on, keeps_question
from language.folding import fold
from language.naming import coverage, plain, shared_words
from language.ordinal import place_of

# Below this, or when the second is nearly as likely, the citizen is asked; in between the first is answered and the others are offered.
LIKELY = 0.3
NEARLY = 0.75
# „und wenn ich das nicht schaffe?“ asks for itself, where the intent is this sure.
SURE_OF_CASE = 0.85
# What is asked of a life event as a whole; „was kostet eine Hochzeit?“ wants one number.
OF_THE_WHOLE = (OVERVIEW, "frage_ablauf", "frage_unterlagen", "frage_voraussetzungen", "frage_zustaendigkeit", "antrag_starten")
FEW_WORDS = 3
# A service that is named whole is meant instead of a life event from here on: at the beginning, in the midst of a conversation.
CERTAIN_OR_IN_MIDST = (CERTAIN, 0.0)
_AND = re.compile(r"^(?:und|un|and)\b")


@dataclass(frozen=True)
class Topic:
    """``kind`` says what to do.

    antwort: answer about ``auskunft``; ``candidates`` may be meant instead, ``checkliste`` is the life event that it begins, ``saetze`` its
    sentences on a detail, which is asked for with the probability ``detail`` · checkliste: give it · auswahl: ask which of ``candidates`` ·
    welche: ask for the service · nichts: offer the nearest.
    """

    kind: Literal["antwort", "checkliste", "auswahl", "welche", "nichts"]
    aspect: str
    auskunft: Auskunft | None = None
    candidates: tuple[Treffer, ...] = ()
    checkliste: ChecklisteAuskunft | None = None
    saetze: tuple[Satz, ...] = ()
    detail: float = 0.0


def aspect_of(turn: Turn) -> str:
    """The aspect asked for; the one before where the message only names another service or answers our question."""
    if turn.aspekt and keeps_question(turn.text):
        return turn.aspekt  # before the intent: „und beim Reisepass?“ has no cue of its own
    if turn.aspekt and (for_somebody(turn.text) or (goes_on(turn.text) and (not turn.ranking or turn.ranking[0][1] < SURE_OF_CASE))):
        return turn.aspekt
    if turn.intent in FACTS and turn.intent != OVERVIEW:
        return turn.intent
    return turn.aspekt if turn.aspekt and turn.offen else OVERVIEW


def _detail(turn: Turn, found: Suchergebnis) -> float:
    """„und beim Reisepass?“ asks for what was asked before, and „ich bin 71“ for what holds at that age: neither for a detail."""
    return 0.0 if keeps_question(turn.text) or turn.alter != turn.alter_before else found.detail


def _of_the_whole(text: str, aspect: str, found: Suchergebnis) -> bool:
    """Whether a message asks for a life event as a whole, and not for one thing about a service that it names."""
    if aspect == OVERVIEW:
        return True
    if voice().sprache != "de":
        return False  # whether a service is named can be told in German only
    sure = bool(found.treffer) and found.treffer[0].score >= LIKELY and names(text, found.auskunft)
    return aspect in OF_THE_WHOLE and not sure


def decide(turn: Turn, found: Suchergebnis) -> Topic:
    """The topic of one message. ``found`` comes from one search with the service so far as context."""
    aspect = aspect_of(turn)
    context = found.kontext
    if turn.pressed and context:
        return Topic("antwort", aspect, context)
    left = context is not None and leaves(turn.text, found)
    hits = found.treffer or (found.naechste[:1] if left and names(turn.text, found.auskunft) else [])
    in_midst = context is not None or turn.offen
    follows = context is not None and bool(POINTS_BACK.search(fold(turn.text)) or _AND.search(fold(turn.text)))
    # „Was brauche mer do alles?“ in the midst of a topic is not about a life event that it does not name.
    whole = _of_the_whole(turn.text, aspect, found) and not follows
    if found.checkliste and in_midst and not shared_words(turn.text, found.checkliste.titel):
        whole = whole and aspect == OVERVIEW
    if found.checkliste and hits and hits[0].score >= CERTAIN_OR_IN_MIDST[in_midst] and coverage(turn.text, plain(hits[0].titel)) == 1:
        whole = False  # „Zunächst nur eine Bauvoranfrage“, „brauche zum ersten Mal einen Reisepass für Thailand“
    if found.checkliste and (turn.checkliste or whole):
        return Topic("checkliste", OVERVIEW, checkliste=found.checkliste)
    if context and turn.intent in FACTS and turn.intent != OVERVIEW and not left:
        return Topic("antwort", aspect, context, saetze=tuple(found.kontext_saetze), detail=_detail(turn, found))
    only_a_place = len(turn.text.split()) <= FEW_WORDS and place_of(turn.text) is not None  # „das erste“ where one thing was said
    if context and ((hits and stays(turn, found)) or of_this_kind(turn.text, context) or only_a_place):
        return Topic("antwort", aspect, context)
    if not turn.pressed and (alike := of_one_kind(turn.text, found)):
        return Topic("auswahl", aspect, candidates=alike)
    if hits:
        first, others = hits[0], tuple(hit for hit in hits[1:] if hit.score >= CANDIDATE)
        if first.score < LIKELY and others and others[0].score > NEARLY * first.score:
            return Topic("auswahl", aspect, candidates=(first, *others))
        others = () if first.score >= CERTAIN else others
        return Topic("antwort", aspect, found.auskunft, others, found.verwandt, tuple(found.saetze), _detail(turn, found))
    if turn.intent in FACTS and turn.intent != OVERVIEW and not turn.offen:
        return Topic("antwort", aspect, context) if context else Topic("welche", aspect)
    return Topic("nichts", aspect, candidates=tuple(found.naechste))
