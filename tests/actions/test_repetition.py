"""The same answer to another question."""

import pytest
from records import full

from actions import reply
from actions.copy import copy
from actions.repetition import not_again
from actions.voice import Voice, speaking


def test_another_answer_is_said_as_it_is() -> None:
    documents, fees = reply.about(full(), "frage_unterlagen"), reply.about(full(), "frage_kosten")
    assert not_again(documents, None) is documents
    assert not_again(documents, fees) is documents


def test_the_same_gets_a_hint_and_then_the_way_to_a_person() -> None:
    first = reply.about(full(), "frage_unterlagen")
    second = not_again(first, first)
    assert second.fakten == first.fakten
    assert (second.nachtrag or "").endswith(copy()["dasselbe"]["hinweis"])
    third = not_again(first, second)
    assert "115" in third.text
    assert [button.payload for button in third.buttons] == ["/mensch_sprechen"]
    assert third.leistung == first.leistung
    assert not_again(first, third) is first


@pytest.mark.parametrize("language", ["tr", "uk"])
def test_in_a_language_of_short_answers_no_german_sentence_is_added(language: str) -> None:
    with speaking(Voice(language, False)):
        first = reply.about(full(), "frage_unterlagen")
        second = not_again(first, first)
        assert second.text != first.text
        assert second.nachtrag is None
