"""Questions for a number („wie viel Kilo darf ein Teil haben?“, „ab wann ist Nachtruhe?“): the record's sentence that holds one."""

import re

from actions.facts import FACTS, Facts, listed
from core.answer import Fakt
from core.catalogue import Auskunft
from language.folding import fold
from language.stems import stems

_HOW_MUCH = re.compile(
    r"\bwie ?viele?\b|\bab wann\b|\bwie (?:lange?|hoch|alt|weit|oft|schwer|gross|breit)\b|\bhow (?:much|many|long|old|often)\b"
)
_HOW_OFTEN = re.compile(r"\bwie oft\b|\bhow often\b")
_OFTEN = re.compile(r"\b\w+mal\b|\b(?:je|pro|im) (?:jahr|monat|woche)\b|jaehrlich|monatlich|woechentlich")
_FIELDS = ("fristen", "voraussetzungen", "ablauf")
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=\S{3})")
_UNITS = {"kilo": "kg", "kilogramm": "kg", "meter": "m", "prozent": "%", "quadratmet": "m²", "kubikmet": "m³"}


def asks_for_number(text: str) -> bool:
    """Whether a number is asked for: of something, or only what it costs and how long it takes."""
    return bool(_HOW_MUCH.search(fold(text)))


def asks_how_often(text: str) -> bool:
    """„Wie oft im Jahr ist das umsonst?“"""
    return bool(_HOW_OFTEN.search(fold(text)))


def number_for(question: str, leistung: Auskunft) -> Fakt | None:
    """The sentence with a number that shares most words with the question; None where none shares any beside the service's name."""
    if _HOW_OFTEN.search(fold(question)):
        return next((fact for fact in [*_sentences(leistung), *FACTS["frage_kosten"](leistung)] if _OFTEN.search(fold(fact.text))), None)
    said = {_UNITS.get(one, one) for one in stems(question)} - set(stems(leistung.titel))
    held = [fact for fact in _sentences(leistung) if any(character.isdigit() for character in fact.text)]
    shared = [len(said & {*stems(fact.text), *fact.text.lower().split()}) for fact in held]
    best = max(shared, default=0)
    return held[shared.index(best)] if best else None


def _sentences(leistung: Auskunft) -> Facts:
    told = [fact for field in _FIELDS if getattr(leistung, field) for fact in listed(leistung, field)]
    short = _SENTENCE.split(leistung.kurz) if leistung.kurz else []
    return [*(Fakt(text=one, quellen=leistung.herkunft["kurz"]) for one in short), *told]
