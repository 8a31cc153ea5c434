"""The training sentences: every intent, enough of each, varied, and none of them in a test set."""

import json
import re
from collections import Counter
from itertools import combinations
from random import Random

import pytest
import yaml

from core.intents import INTENTS
from core.settings import PROJECT
from language.folding import fold, words
from language.swap import Marked

FEWEST = 25
MOST_ALIKE = 0.7
MOST_SAME_OPENING = 5


def sentences(intent: str) -> list[Marked]:
    """Training sentences of one intent."""
    content = yaml.safe_load((PROJECT / "data" / "nlu" / f"{intent}.yml").read_text("utf-8"))
    (block,) = content["nlu"]
    assert block["intent"] == intent
    return [Marked.parse(line.removeprefix("- ")) for line in block["examples"].splitlines() if line.strip()]


def without_service(sentence: Marked) -> frozenset[str]:
    """The words of a sentence after the service's name is removed."""
    return frozenset(words(sentence.swapped([" "], Random(0))))


def test_every_intent_has_a_file_and_no_other_exists() -> None:
    assert {path.stem for path in (PROJECT / "data" / "nlu").glob("*.yml")} == set(INTENTS)
    domain = yaml.safe_load((PROJECT / "domain.yml").read_text("utf-8"))
    assert set(domain["intents"]) == {*INTENTS, "nlu_fallback"}


@pytest.mark.parametrize("intent", INTENTS)
def test_an_intent_has_enough_sentences_and_none_twice(intent: str) -> None:
    texts = [fold(one.text) for one in sentences(intent)]
    assert len(texts) >= FEWEST
    assert [text for text, count in Counter(texts).items() if count > 1] == []


@pytest.mark.parametrize("intent", INTENTS)
def test_no_two_sentences_share_most_of_their_words(intent: str) -> None:
    bags = [(one.text, bag) for one in sentences(intent) if (bag := without_service(one))]
    alike = [
        (a, b) for (a, first), (b, second) in combinations(bags, 2) if 2 * len(first & second) > MOST_ALIKE * (len(first) + len(second))
    ]
    assert alike == []


@pytest.mark.parametrize("intent", INTENTS)
def test_not_many_sentences_begin_alike(intent: str) -> None:
    openings = Counter(tuple(re.findall(r"\w+", one.text.lower())[:2]) for one in sentences(intent))
    assert [opening for opening, count in openings.items() if count > MOST_SAME_OPENING and len(opening) == 2] == []


def test_no_test_sentence_stands_in_the_training_data() -> None:
    training = {fold(one.text).strip(" .!?") for intent in INTENTS for one in sentences(intent)}
    for path in (PROJECT / "data" / "catalogue" / "beispielfragen").glob("*.yml"):
        training |= {fold(text).strip(" .!?") for questions in yaml.safe_load(path.read_text("utf-8")).values() for text in questions}
    tests = [
        json.loads(line)["text"]
        for path in (PROJECT / "tests" / "nlu").glob("satz_*.jsonl")
        for line in path.read_text("utf-8").splitlines()
    ]
    assert [text for text in tests if fold(text).strip(" .!?") in training] == []
