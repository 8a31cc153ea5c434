"""What a message names: a service, a kind of services, one thing without a question, the way to the office."""

import re

from actions.voice import voice
from core.catalogue import Auskunft, Treffer
from katalog.schemas import Suchergebnis
from language.folding import fold
from language.naming import GENERIC, HEADS, bears, shared_words
from language.stems import stems

# From here on nobody else is offered.
CERTAIN = 0.75
# „Ich brauche einen Ausweis für meinen Sohn, wir fliegen im Sommer in die Türkei“ says more than a kind.
MOST_BESIDE = 3
_ON_SITE = re.compile(r"\b(vor ort|am schalter|persoenlich|im amt|auf dem amt|at the office|in person)\b")


def all_names(leistung: Auskunft) -> str:
    """Title and synonyms."""
    return " ".join([leistung.titel, *leistung.synonyme])


def names(text: str, leistung: Auskunft | None) -> bool:
    """Whether a word of the message stands in a name of the service, also as a part of it („Hund“, „Hundesteuer“)."""
    return leistung is not None and shared_words(text, all_names(leistung)) > 0


def of_one_kind(text: str, found: Suchergebnis) -> tuple[Treffer, ...]:
    """The services to choose from where only their kind is said: „ich brauche eine Urkunde“. Empty where more is said."""
    said, first = set(stems(text)), found.auskunft
    heads = HEADS & said
    if voice().sprache != "de" or not heads or len(said - heads) > MOST_BESIDE or not first or names(text, first):
        return ()
    if found.naechste[0].score >= CERTAIN:
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
