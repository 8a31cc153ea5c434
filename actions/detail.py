"""Questions of detail: the sentence of the record that answers them, or the honest word that the record says nothing on it."""

from dataclasses import dataclass

from actions.copy import render
from actions.facts import Facts, of_sentence
from actions.quantity import asks_for_number, number_for
from core.catalogue import Auskunft
from katalog.schemas import Satz

# From here on a detail is asked for: 11 % of the ordinary messages lie above.
ASKED = 0.5
# From here on the sentence is given as the answer: four of five are right.
SURE = 0.6
# A sentence worth showing as the nearest one.
NEAR = 0.25


@dataclass(frozen=True)
class Detail:
    """What the search says of a message's detail: how likely one is asked for, the record's nearest sentence; ``frage``: the message."""

    asked: float = 0.0
    satz: Satz | None = None
    frage: str = ""


NO_DETAIL = Detail()


@dataclass(frozen=True)
class Told:
    """The facts of an answer, with another lead sentence or a further note where a detail was asked for."""

    facts: Facts
    lead: str | None = None
    note: str | None = None


def told(facts: Facts, leistung: Auskunft, detail: Detail) -> Told:
    """The facts with the sentence on the detail first. None is left out that would have been given without the detail."""
    number = number_for(detail.frage, leistung) if asks_for_number(detail.frage) else None
    if number and not any(any(character.isdigit() for character in fact.text) for fact in facts):
        # „Wie viel Elterngeld gibt es?“ is asked for no deadline and no fee, but the record holds a number.
        return Told([number, *facts], lead=render("detail.steht", l=leistung))
    if detail.asked < ASKED:
        return Told(facts)
    sentence = of_sentence(leistung, detail.satz) if detail.satz else None
    if sentence and detail.satz and detail.satz.sicher >= SURE:
        if sentence in facts:
            return Told([sentence, *(fact for fact in facts if fact != sentence)])
        return Told([sentence, *facts], lead=render("detail.steht", l=leistung))
    near = sentence if detail.satz and detail.satz.sicher >= NEAR and sentence not in facts else None
    return Told(facts, note=render("detail.offen", l=leistung, o=leistung.stelle_auskunft, satz=near))
