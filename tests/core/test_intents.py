"""The intents: fixed names, one file of training sentences each."""

import re

from core.intents import INTENTS
from core.settings import PROJECT


def test_every_name_stands_once_and_is_a_plain_word() -> None:
    assert len(INTENTS) == len(set(INTENTS))
    assert all(re.fullmatch(r"[a-z_]+", name) for name in INTENTS)


def test_every_intent_has_its_training_sentences_and_no_file_is_left_over() -> None:
    assert {path.stem for path in (PROJECT / "data" / "nlu").glob("*.yml")} == set(INTENTS)
