"""German spelling of amounts and dates, and how templates are rendered."""

import pytest
from jinja2 import UndefinedError
from records import full

from actions.copy import render
from core.catalogue import GebuehrAuskunft, Herkunft

AMOUNTS = [
    (46, "46 €"),
    (46.0, "46 €"),
    (27.6, "27,60 €"),
    (1234.5, "1.234,50 €"),
    (0, "0 €"),
    (0.5, "0,50 €"),
    (1000, "1.000 €"),
    (1234567.89, "1.234.567,89 €"),
    (2.05, "2,05 €"),
]
STANDS = [("2026-02-10", "10.02.2026"), ("2026-02", "02/2026"), ("2026", "2026"), (None, "unbekannt")]


@pytest.mark.parametrize(("amount", "told"), AMOUNTS)
def test_an_amount_is_written_as_in_german(amount: float, told: str) -> None:
    fee = GebuehrAuskunft(betrag=amount, herkunft=Herkunft(titel="x", art="allgemein"))
    assert render("fakten.gebuehr", f=fee) == told


@pytest.mark.parametrize(("stand", "told"), STANDS)
def test_the_stand_is_a_german_date_of_the_precision_that_is_known(stand: str | None, told: str) -> None:
    assert render("quelle", q=Herkunft(titel="Stadt", stand=stand, art="belegt")) == f"Quelle: Stadt, Stand: {told}"


@pytest.mark.parametrize("path", ["nirgends", "vorhanden.nirgends", "vorhanden.frage_kosten.weiter"])
def test_an_unknown_text_is_an_error_and_no_empty_answer(path: str) -> None:
    with pytest.raises((KeyError, TypeError)):
        render(path)


def test_a_missing_value_is_an_error_and_no_empty_answer() -> None:
    with pytest.raises(UndefinedError):
        render("vorhanden.frage_kosten")


@pytest.mark.parametrize(("name", "sentence"), [("Teichverein e. V.", "Teichverein e. V."), ("Teichverein", "Teichverein.")])
def test_a_name_with_a_full_stop_ends_its_sentence(name: str, sentence: str) -> None:
    told = render("zuschaltung.sonstige", l=full(referat=name), o=None)
    assert told == f"Dafür ist nicht die Stadtverwaltung selbst zuständig, sondern: {sentence}"


def test_words_of_a_record_are_told_and_never_run() -> None:
    assert "{{ 7 * 7 }} <b>" in render("vorhanden.frage_kosten", l=full(titel="{{ 7 * 7 }} <b>"), o=None)
