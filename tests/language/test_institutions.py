"""Institutions: their nouns count also at the end of compounds, and what only sounds like one does not."""

import pytest

from language.institutions import institution, is_institution


@pytest.mark.parametrize("word", ["amt", "grundschule", "edith-stein-haus", "zahnarztpraxis", "awo", "wochenmarkt"])
def test_a_noun_of_an_institution(word: str) -> None:
    assert is_institution(word)


@pytest.mark.parametrize("word", ["haus", "hochhaus", "daheim", "hamburg", "baustelle", "antrag", "juni", "straße"])
def test_no_noun_of_an_institution(word: str) -> None:
    assert not is_institution(word)


def test_the_last_one_of_the_last_sentence_counts() -> None:
    assert institution("im amt. nach der schule ") == (17, 23)
    assert institution("das amt war zu. ich ") is None
