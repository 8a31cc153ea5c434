"""Whether a message stays with the service that is talked about, or turns to another."""

import re

from actions.named import all_names, is_online, names, on_site
from actions.turn import Turn
from actions.voice import voice
from core.catalogue import Auskunft
from core.intents import OVERVIEW
from katalog.schemas import Suchergebnis
from language.ellipsis import for_somebody, keeps_question
from language.folding import fold
from language.naming import GENERIC, HEADS, bears, coverage, plain, says_no_more, shared_words
from language.stems import stem, stems

# A candidate worth offering.
CANDIDATE = 0.05
# To leave the service that is being talked about, a new one must be this likely; where the message does not name it, that likely.
LEAVE = 0.3
LEAVE_UNNAMED = 0.9
SURELY = 0.75
# Services whose titles it names together, of all that may be meant.
LEAVE_SHARE = 0.25
# In other languages no name can be told: the search must be this sure that a service is meant.
NONE_FOREIGN = 0.3
# Words that point back to what was talked about.
POINTS_BACK = re.compile(
    r"\b(da|dafuer|dazu|dabei|damit|davon|dran|es|ihn|ihm|dort|hierfuer|der|it|that|him)\b(?! \w+(?:ausweis|pass|schein))"
)
# So surely that only a service named whole leads away: „Muss ich dafür meine Staatsangehörigkeit abgeben?“, „geht die auch in den Ferien?“
_DEPENDS = re.compile(
    r"\bbrauch\w* (?:ich|wir|man) (?:dann|noch|zusaetzlich|dann zusaetzlich)[\s?]*$|\b(?:dafuer|dazu(?= \w)|dabei|damit|davon|hierfuer)\b"
    r"|\b(?:geht|gilt|ist|kostet|muss|kann|darf|hat|wird|braucht|dauert|reicht) (?:der|die|das|den|er|sie|es)"
    r" (?:auch|dann|denn|da|noch|nur|eigentlich|immer|schon|in|im|am|bei|mit|fuer|ohne|alle|zu|so)\b"
)
# „Mein Vater kommt mit, der ist 55. Was zahlt er?“ asks of what was talked about.
_OF_IT = re.compile(r"\b(?:was|wie|wo|wann|welche)\b[^.?!,]{0,30}\b(?:er|sie)\b[\s?]*$")
# How something is done, not what.
_WAYS = frozenset(
    stem(word)
    for word in (
        "anmeldung",
        "abmeldung",
        "antragstellung",
        "online",
        "internet",
        "formular",
        "termin",
        "digital",
        "schriftlich",
        "telefonisch",
    )
)
ONLINE = re.compile(r"\b(?:online|internet|i-kfz)\b")


def leaves(text: str, found: Suchergebnis) -> bool:
    """Whether the message turns to another service than the one talked about."""
    best = found.naechste[0].score if found.naechste else 0.0  # as the search gave it, before the intent has spoken
    if keeps_question(text):
        return best >= CANDIDATE
    if voice().sprache == "de" and set(stems(text)) <= GENERIC | _WAYS:
        return False  # „Wann ist die Anmeldung?“
    if voice().sprache != "de":
        return found.ohne_leistung <= NONE_FOREIGN
    context, other = found.kontext, found.auskunft
    if context and other and ONLINE.search(fold(text)) and is_online(other.titel) and not is_online(context.titel):
        return True  # „und wenn ich das Auto online abmelde?“
    if other and _DEPENDS.search(fold(text)) and not wholly_names(text, other):
        return False
    if other and _OF_IT.search(fold(text)) and not shared_words(text, plain(other.titel)):
        return False
    alike = context and other and says_no_more(text, all_names(other), all_names(context))
    if alike and context and other and coverage(text, plain(context.titel)) < coverage(text, plain(other.titel)) == 1:
        alike = False  # „Was kostet ein Reisepass?“ after „Verlust des Reisepasses melden“ is about a new one
    surely = best >= LEAVE_UNNAMED and other and shared_words(text, other.titel)  # „Gibt es eine Beratungsstelle zur Pflege?“
    if alike and not surely and not (on_site(text) and context and is_online(context.titel)):
        return False  # „Was brauche ich da für das Gewerbe?“ after „Gewerbe anmelden“ is not about „Gewerbe abmelden“
    if context and other and best < SURELY and _no_more_than_record(text, other, context):
        return False  # „wann sind da die Prüfungen?“ after „Fischereischein“, whose record speaks of one, is not about those of the IHK
    siblings = sum(hit.score for hit in found.naechste if shared_words(text, hit.titel))
    meant = max(1 - found.ohne_leistung, CANDIDATE)
    named = siblings >= max(LEAVE_SHARE * meant, CANDIDATE) or (best >= LEAVE and names(text, found.auskunft))
    return named if POINTS_BACK.search(fold(text)) else named or best >= LEAVE_UNNAMED


def _no_more_than_record(text: str, other: Auskunft, context: Auskunft) -> bool:
    """Whether what the text says of the other stands in the record talked about as well, and the other is not named whole."""
    whole = wholly_names(text, other) or coverage(text, plain(other.titel)) == 1
    return not whole and says_no_more(text, all_names(other), _record(context))


def _record(leistung: Auskunft) -> str:
    """All that the record says."""
    documents = (one.name for one in leistung.unterlagen)
    fees = (fee.bedingung or "" for fee in leistung.gebuehren or [])
    lists = (leistung.voraussetzungen or [], leistung.fristen or [], leistung.ablauf or [])
    return " ".join([all_names(leistung), leistung.kurz or "", *documents, *fees, *(text for one in lists for text in one)])


def wholly_names(text: str, other: Auskunft) -> bool:
    """Whether each topical word of its title, or all of a synonym, stands in the text as it is."""
    said = set(stems(text))
    return any(set(stems(name)) - GENERIC <= said for name in (plain(other.titel), *other.synonyme) if set(stems(name)) - GENERIC)


def stays(turn: Turn, found: Suchergebnis) -> bool:
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


def of_this_kind(text: str, context: Auskunft) -> bool:
    """Whether only a kind is said, and the service so far is of it: „erst mal der Ausweis“."""
    said = set(stems(text))
    return bool(said) and said <= HEADS and all(bears(context.titel, head) for head in said)
