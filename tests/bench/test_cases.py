"""The test sets themselves: complete, labelled with known names, and described."""

import pytest

from bench.evaluate import cases
from core.errors import BadInput
from core.intents import INTENTS
from katalog.own import own_leistungen
from language.out_of_scope import may_train, out_of_scope

CATEGORIES = {
    *cases.GERMAN, "englisch", "tuerkisch", "arabisch", "russisch", "ukrainisch", "polnisch", "franzoesisch", "reden", "ausserhalb",
}  # fmt: skip


def test_what_measures_has_at_least_700_messages_of_every_category() -> None:
    measuring = [case for name, told in cases.sets().items() if told["rolle"] == "messen" for case in cases.load(name)]
    assert len(measuring) >= 700
    assert {case.category for case in measuring} == CATEGORIES


@pytest.mark.parametrize("name", cases.sets())
def test_labels_are_known_names(name: str) -> None:
    known = {one.kennung for one in own_leistungen()}
    for case in cases.load(name):
        assert set(case.intents) <= set(INTENTS), case.text
        assert set(case.services) <= known, case.text


@pytest.mark.parametrize("name", cases.sets())
def test_no_message_stands_twice(name: str) -> None:
    texts = [case.text for case in cases.load(name)]
    assert len(set(texts)) == len(texts)


def test_an_unknown_set_is_told_with_those_that_exist() -> None:
    with pytest.raises(BadInput, match="Es gibt: a, b, c"):
        cases.load("x")


def test_the_public_sentences_that_measure_never_train() -> None:
    public = cases.public_out_of_scope()
    assert 600 < len(public) < len(out_of_scope())
    assert not any(may_train(case.text) for case in public)
