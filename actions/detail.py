"""Questions of detail: the sentence of the record that answers them, or the honest word that the record says nothing on it."""

from dataclasses import dataclass, field

from actions.copy import render
from actions.facts import Facts, of_sentence
from actions.quantity import asks_for_number, asks_how_often, number_for
from core.answer import Fakt
from core.catalogue import Auskunft
from katalog.schemas import Satz

# From here on a detail is asked for: 11 % of the ordinary messages lie above.
ASKED = 0.5
# From here on the sentence is given as the answer: four of five are right.
SURE = 0.6
# Beside the facts that were asked for, a sentence is told from here on, and before them from there on: „ab welchem Alter zahlt man die?“
# sounds like a question for a deadline, and the conditions answer it.
BESIDE = 0.35
BEFORE = 0.55
# A sentence worth showing as the nearest one: of 131 questions of detail above, 83 are answered by the record, 63 of them by the first two.
NEAR = 0.1


@dataclass(frozen=True)
class Detail:
    """What the search says of a message's detail: how likely one is asked for, the record's nearest sentences; ``frage``: the message."""

    asked: float = 0.0
    saetze: tuple[Satz, ...] = ()
    frage: str = ""


NO_DETAIL = Detail()


@dataclass(frozen=True)
class Told:
    """The facts of an answer, with another lead sentence or a further note where a detail was asked for.

    ``near``: where there are no facts, what the record says nearest to the question.
    """

    facts: Facts
    lead: str | None = None
    note: str | None = None
    near: Facts = field(default_factory=list)


def told(facts: Facts, leistung: Auskunft, detail: Detail, left_out: Facts) -> Told:
    """The facts with the sentence on the detail first. None is left out that would have been given without the detail.

    ``left_out``: facts that do not hold for the person.
    """
    sentences = [of_sentence(leistung, one) for one in detail.saetze]
    sure = detail.saetze[0].sicher if detail.saetze else 0.0
    near = [one for one in sentences if one not in facts and one not in left_out] if sure >= NEAR else []
    number = number_for(detail.frage, leistung) if asks_for_number(detail.frage) else None
    if number and number not in facts and (asks_how_often(detail.frage) or not any(map(_has_digit, facts))):
        # „Wie viel Elterngeld gibt es?“ is asked for no deadline and no fee, but the record holds a number.
        return Told([number, *(one for one in near if one != number), *facts], lead=render("detail.steht", l=leistung))
    if detail.asked < ASKED:
        return _with_sentence(facts, near, sentences, sure, leistung)
    if sure >= SURE:
        first, others = sentences[0], [fact for fact in facts if fact != sentences[0]]
        return Told([first, *others], lead=None if first in facts else render("detail.steht", l=leistung))
    return Told(facts, note=render("detail.offen", l=leistung, o=leistung.stelle_auskunft, saetze=near))


def _has_digit(fact: Fakt) -> bool:
    return any(map(str.isdigit, fact.text))


def _with_sentence(facts: Facts, near: Facts, sentences: Facts, sure: float, leistung: Auskunft) -> Told:
    """The facts of a standard question, with the record's sentence where that is likely."""
    if not facts or not near or near[0] != sentences[0] or sure < BESIDE:
        return Told(facts, near=near)
    if sure < BEFORE:
        return Told([*facts, near[0]])
    return Told([near[0], *facts], lead=render("detail.steht", l=leistung))
