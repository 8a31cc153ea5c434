"""Lemma and tag by HanTa."""

import time

import pytest

from language.lemma import LONGEST_WORD, tag_sentence, tag_word


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("Personalausweise", "Personalausweis"),
        ("Häuser", "Haus"),
        ("Führerscheine", "Führerschein"),
        ("beantragte", "beantragen"),
        ("Hunden", "Hund"),
    ],
)
def test_a_form_has_the_lemma_of_its_word(word: str, lemma: str) -> None:
    assert tag_word(word)[0] == lemma


def test_a_sentence_is_tagged_token_by_token() -> None:
    tagged = tag_sentence(["Ich", "habe", "zwei", "Personalausweise", "verloren", "."])
    assert [lemma for lemma, _ in tagged] == ["ich", "haben", "zwei", "Personalausweis", "verlieren", "."]
    assert [tag for _, tag in tagged] == ["PPER", "VA(FIN)", "CARD", "NN", "VV(PP)", "$."]


@pytest.mark.parametrize("tokens", [[], [" "], ["\n", "Hund"], ["🙂"], ["123"], ["---"], ["الهوية"], ["§"]])
def test_every_token_gets_a_lemma_and_a_tag_whatever_it_is(tokens: list[str]) -> None:
    tagged = tag_sentence(tokens)
    assert len(tagged) == len(tokens)
    assert all(lemma and tag for lemma, tag in tagged)


def test_the_longest_german_word_in_use_is_tagged_as_a_whole() -> None:
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    assert len(word) <= LONGEST_WORD
    assert tag_sentence([word]) == [(word, "NN")]


def test_a_word_as_long_as_a_message_costs_no_time_and_stays_whole() -> None:
    begin = time.perf_counter()
    tagged = tag_sentence(["a" * 3000, "Hund"])
    assert time.perf_counter() - begin < 1
    assert tagged[0][0] == "a" * 3000
    assert tagged[1] == ("Hund", "NN")
