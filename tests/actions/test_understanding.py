"""Intent and search judged together."""

import pytest

from actions.understanding import meaning
from core.catalogue import Treffer
from katalog.schemas import Suchergebnis

TEICH = Treffer(id="teich", schluessel=None, titel="Teich anlegen", score=0.4)


def found(none: float, meant: bool = True) -> Suchergebnis:
    return Suchergebnis(treffer=[TEICH] if meant else [], naechste=[TEICH], ohne_leistung=none)


def ranking(best: str, sure: float, second: str) -> list[tuple[str, float]]:
    return [(best, sure), (second, 1 - sure)]


def test_a_sure_question_about_a_service_that_is_found() -> None:
    given = meaning(ranking("frage_kosten", 0.9, "ausserhalb"), "Was kostet ein Teich?", found(0.1))
    assert (given.intent, given.treffer) == ("frage_kosten", [TEICH])


def test_an_unsure_question_about_nothing_that_is_found_is_outside() -> None:
    given = meaning(ranking("antrag_status", 0.55, "ausserhalb"), "Wie steht es um meine Bestellung?", found(0.95, meant=False))
    assert (given.intent, given.treffer) == ("ausserhalb", [])


def test_a_follow_up_that_names_nothing_is_judged_by_its_intent_alone() -> None:
    given = meaning(ranking("frage_kosten", 0.6, "ausserhalb"), "und was kostet das?", found(0.99, meant=False))
    assert (given.intent, given.treffer) == ("frage_kosten", [])


@pytest.mark.parametrize("intent", ["dank", "beschwerde", "notfall"])
def test_who_only_talks_means_no_service(intent: str) -> None:
    assert meaning(ranking(intent, 0.6, "leistung_suchen"), "Der Teich ist schön", found(0.01)).treffer == []


def test_outside_is_taken_back_only_when_both_are_sure() -> None:
    assert meaning(ranking("ausserhalb", 0.5, "leistung_suchen"), "Teich", found(0.01)).intent == "leistung_suchen"
    assert meaning(ranking("ausserhalb", 0.5, "leistung_suchen"), "Teich", found(0.4)).intent == "ausserhalb"
    assert meaning(ranking("ausserhalb", 0.97, "leistung_suchen"), "Teich", found(0.01)).intent == "ausserhalb"


def test_where_the_intent_is_sure_the_nearest_services_are_offered() -> None:
    near = meaning(ranking("frage_kosten", 0.97, "dank"), "Was kostet ein Weiher?", found(0.6, meant=False)).treffer
    assert [one.id for one in near] == ["teich"]
    assert near[0].score > TEICH.score
    assert meaning(ranking("frage_kosten", 0.97, "dank"), "Was kostet ein Weiher?", found(0.85, meant=False)).treffer == []


def test_who_tells_a_situation_means_a_service_however_unsure_the_search_is() -> None:
    given = meaning(ranking("leistung_suchen", 0.99, "dank"), "Ich grabe einen Weiher", found(0.95, meant=False))
    assert [one.id for one in given.treffer] == ["teich"]


def test_probabilities_of_zero_and_one_are_no_error() -> None:
    assert meaning([("dank", 1.0)], "danke", found(1.0, meant=False)).intent == "dank"
    assert meaning([("frage_kosten", 1.0)], "Teich", found(0.0)).intent == "frage_kosten"
