"""What a message is about: the service and the aspect, from the words, the buttons and the turns before."""

import re
from dataclasses import dataclass
from typing import Literal

from actions.facts import FACTS
from actions.turn import Turn
from actions.voice import voice
from core.catalogue import Auskunft, Treffer
from core.checklist import ChecklisteAuskunft
from katalog.schemas import Satz, Suchergebnis
from language.ellipsis import for_somebody, goes_on, keeps_question
from language.folding import fold
from language.naming import GENERIC, HEADS, bears, coverage, plain, says_no_more, shared_words
from language.stems import stems

OVERVIEW = "leistung_suchen"
# Below this, or when the second is nearly as likely, the citizen is asked; in between the first is answered and the others are offered.
LIKELY = 0.3
NEARLY = 0.75
# From here on nobody else is offered.
CERTAIN = 0.75
# To leave the service that is being talked about, a new one must be this likely; where the message does not name it, that likely.
LEAVE = 0.3
LEAVE_UNNAMED = 0.9
# Services whose titles it names together, of all that may be meant.
LEAVE_SHARE = 0.25
# „und wenn ich das nicht schaffe?“ asks for itself, where the intent is this sure.
SURE_OF_CASE = 0.85
# In other languages no name can be told: the search must be this sure that a service is meant.
NONE_FOREIGN = 0.3
# What is asked of a life event as a whole; „was kostet eine Hochzeit?“ wants one number.
OF_THE_WHOLE = (OVERVIEW, "frage_ablauf", "frage_unterlagen", "frage_voraussetzungen", "frage_zustaendigkeit", "antrag_starten")
# Words that point back to what was talked about.
_POINTS_BACK = re.compile(
    r"\b(da|dafuer|dazu|dabei|damit|davon|dran|es|ihn|ihm|dort|hierfuer|der|it|that|him)\b(?! \w+(?:ausweis|pass|schein))"
)
ONLINE = re.compile(r"\b(?:online|internet|i-kfz)\b")
_AND = re.compile(r"^(?:und|un|and)\b")
_ON_SITE = re.compile(r"\b(vor ort|am schalter|persoenlich|im amt|auf dem amt|at the office|in person)\b")
# A candidate worth offering.
CANDIDATE = 0.05


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
    if turn.aspekt and (for_somebody(turn.text) or (goes_on(turn.text) and (not turn.ranking or turn.ranking[0][1] < SURE_OF_CASE))):
        return turn.aspekt
    if turn.intent in FACTS and turn.intent != OVERVIEW:
        return turn.intent
    return turn.aspekt if turn.aspekt and turn.offen else OVERVIEW


def all_names(leistung: Auskunft) -> str:
    """Title and synonyms."""
    return " ".join([leistung.titel, *leistung.synonyme])


def names(text: str, leistung: Auskunft | None) -> bool:
    """Whether a word of the message stands in a name of the service, also as a part of it („Hund“, „Hundesteuer“)."""
    return leistung is not None and shared_words(text, all_names(leistung)) > 0


def of_one_kind(text: str, found: Suchergebnis) -> tuple[Treffer, ...]:
    """The services to choose from where only their kind is said: „ich brauche eine Urkunde“. Empty where more is said."""
    heads = HEADS & set(stems(text))
    first = found.auskunft
    if voice().sprache != "de" or not heads or not first or names(text, first) or found.naechste[0].score >= CERTAIN:
        return ()
    alike = tuple(hit for hit in found.naechste if any(bears(hit.titel, head) for head in heads))
    return alike if len(alike) > 1 else ()


def lone_word(text: str, found: Suchergebnis) -> tuple[Treffer, ...]:
    """The services to choose from where one thing is said and nothing about it: „mein Hund“."""
    said = set(stems(text)) - GENERIC
    if voice().sprache != "de" or len(said) != 1:
        return ()
    return tuple(hit for hit in found.naechste if shared_words(text, hit.titel))


def on_site(text: str) -> bool:
    """Whether the way to the office is asked for, and not the one over the internet."""
    return bool(_ON_SITE.search(fold(text)))


def is_online(title: str) -> bool:
    """Whether a service is the online way of another: „Auto online abmelden“."""
    return "online" in title.lower()


def _leaves(text: str, found: Suchergebnis) -> bool:
    """Whether the message turns to another service than the one talked about."""
    best = found.naechste[0].score if found.naechste else 0.0  # as the search gave it, before the intent has spoken
    if keeps_question(text):
        return best >= CANDIDATE
    if voice().sprache != "de":
        return found.ohne_leistung <= NONE_FOREIGN
    context, other = found.kontext, found.auskunft
    if context and other and ONLINE.search(fold(text)) and is_online(other.titel) and not is_online(context.titel):
        return True  # „und wenn ich das Auto online abmelde?“
    alike = context and other and says_no_more(text, all_names(other), all_names(context))
    if alike and context and other and coverage(text, plain(context.titel)) < coverage(text, plain(other.titel)) == 1:
        alike = False  # „Was kostet ein Reisepass?“ after „Verlust des Reisepasses melden“ is about a new one
    if alike and not (on_site(text) and context and is_online(context.titel)):
        return False  # „Was brauche ich da für das Gewerbe?“ after „Gewerbe anmelden“ is not about „Gewerbe abmelden“
    siblings = sum(hit.score for hit in found.naechste if shared_words(text, hit.titel))
    meant = max(1 - found.ohne_leistung, CANDIDATE)
    named = siblings >= max(LEAVE_SHARE * meant, CANDIDATE) or (best >= LEAVE and names(text, found.auskunft))
    return named if _POINTS_BACK.search(fold(text)) else named or best >= LEAVE_UNNAMED


def _stays(turn: Turn, found: Suchergebnis) -> bool:
    """Whether a message that asks nothing belongs to the service so far, because it names no other one more."""
    context, other = found.kontext, found.auskunft
    if context is None or other is None:
        return False
    if for_somebody(turn.text):
        return not shared_words(turn.text, other.titel)  # „für mein Baby“ after „Reisepass“
    if turn.intent not in (OVERVIEW, "nlu_fallback"):
        return False
    ours, others = (shared_words(turn.text, all_names(one), frozenset()) for one in (context, other))
    if names(turn.text, context) and not names(turn.text, other):
        return True  # „den für Bewohner, ich wohne in der Innenstadt“
    # „Nagelstudio, nebenberuflich“ after „Gewerbe anmelden“ is not about „Gewerbe abmelden“: the search is unsure, and both are near.
    near = any(hit.id == context.kennung for hit in found.naechste)
    return near and found.naechste[0].score < LEAVE and others <= ours


def _of_this_kind(text: str, context: Auskunft) -> bool:
    """Whether only a kind is said, and the service so far is of it: „erst mal der Ausweis“."""
    said = set(stems(text))
    return bool(said) and said <= HEADS and all(bears(context.titel, head) for head in said)


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
    hits = found.treffer
    follows = context is not None and bool(_POINTS_BACK.search(fold(turn.text)) or _AND.search(fold(turn.text)))
    if found.checkliste and (turn.checkliste or (_of_the_whole(turn.text, aspect, found) and not follows)):
        return Topic("checkliste", OVERVIEW, checkliste=found.checkliste)
    if context and turn.intent in FACTS and turn.intent != OVERVIEW and not _leaves(turn.text, found):
        return Topic("antwort", aspect, context, satz=found.kontext_satz, detail=_detail(turn, found))
    if context and ((hits and _stays(turn, found)) or _of_this_kind(turn.text, context)):
        return Topic("antwort", aspect, context)
    if not turn.pressed and (alike := of_one_kind(turn.text, found)):
        return Topic("auswahl", aspect, candidates=alike)
    if hits:
        first, others = hits[0], tuple(hit for hit in hits[1:] if hit.score >= CANDIDATE)
        if first.score < LIKELY and others and others[0].score > NEARLY * first.score:
            return Topic("auswahl", aspect, candidates=(first, *others))
        others = () if first.score >= CERTAIN else others
        return Topic("antwort", aspect, found.auskunft, others, found.verwandt, found.satz, _detail(turn, found))
    if turn.intent in FACTS and turn.intent != OVERVIEW and not turn.offen:
        return Topic("antwort", aspect, context) if context else Topic("welche", aspect)
    return Topic("nichts", aspect, candidates=tuple(found.naechste))
