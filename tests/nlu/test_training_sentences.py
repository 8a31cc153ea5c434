"""The training sentences: every intent, enough of each, varied, and none of them in a test set."""

import re
from collections import Counter
from itertools import combinations

import pytest
import yaml

from bench.evaluate import cases, dialogues
from bench.evaluate.leaks import leaks
from core.intents import INTENTS, SERVICE_INTENTS, TALKING_INTENTS
from core.settings import PROJECT, Settings
from katalog.own import own_leistungen
from katalog.search.nothing import training_texts
from language.encoder import CachedEncoder
from language.folding import fold, words
from language.sentences import questions, training
from language.swap import Marked

FEWEST = 60
FEWEST_OF_AN_ASPECT = 100
FEWEST_QUESTIONS = 12
MOST_ALIKE = 0.7
# Turns of a conversation with fewer words are not compared.
FEWEST_WORDS = 6
MOST_SAME_OPENING = 5


def sentences(intent: str) -> list[Marked]:
    """Training sentences of one intent."""
    return [one for name, one in training() if name == intent]


def without_service(sentence: Marked) -> frozenset[str]:
    """The words of a sentence after the service's name is removed."""
    return frozenset(words(sentence.without_names()))


def test_every_intent_has_a_file_and_no_other_exists() -> None:
    assert {path.stem for path in (PROJECT / "data" / "nlu").glob("*.yml")} == set(INTENTS)
    domain = yaml.safe_load((PROJECT / "domain.yml").read_text("utf-8"))
    assert set(domain["intents"]) == {*INTENTS, "nlu_fallback"}


@pytest.mark.parametrize("intent", INTENTS)
def test_an_intent_has_enough_sentences_and_none_twice(intent: str) -> None:
    texts = [fold(one.text) for one in sentences(intent)]
    assert len(texts) >= (FEWEST_OF_AN_ASPECT if intent in SERVICE_INTENTS else FEWEST)
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


def test_every_service_has_enough_example_questions() -> None:
    assert {one.kennung: len(one.beispielfragen) for one in own_leistungen() if len(one.beispielfragen) < FEWEST_QUESTIONS} == {}


def test_most_example_questions_do_not_name_their_service() -> None:
    names = {one.kennung: [fold(name) for name in (one.titel, *one.synonyme)] for one in own_leistungen()}
    without = [not any(name in fold(text) for name in names[service]) for service, _, text in questions()]
    assert sum(without) / len(without) > 0.5


def test_example_questions_teach_no_talking_intent() -> None:
    assert not {intent for _, intent, _ in questions()} & set(TALKING_INTENTS)


@pytest.mark.slow
def test_no_test_sentence_stands_in_the_training_data() -> None:
    """Also not nearly: edit ratio 0.9, cosine 0.95."""
    encoder = CachedEncoder.open(Settings().cache_folder, "tests")
    tests = [case.text for name in cases.sets() for case in cases.load(name)]
    known = [*training_texts(), *(text for one in own_leistungen() for text in one.beispielfragen)]
    # In conversations many short turns („wie bitte?“, „und der Preis?“) can hardly be said in other words.
    said = [step.sagt for one in dialogues.load() for step in one.schritte if step.sagt and len(words(step.sagt)) >= FEWEST_WORDS]
    assert leaks([*tests, *said], list(dict.fromkeys(known)), encoder) == []
    encoder.save()
