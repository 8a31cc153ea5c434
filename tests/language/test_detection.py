"""The language of a message; in a German city it is German when nothing can be told."""

import json
from pathlib import Path

import pytest

from language.detection import LANGUAGES, detect

CASES = [json.loads(line) for line in Path(__file__).with_name("sprachen.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
def test_a_sentence_is_told_by_its_language(case: dict[str, str]) -> None:
    assert detect(case["text"]) == case["sprache"]


def test_every_language_has_a_case() -> None:
    assert {case["sprache"] for case in CASES} == set(LANGUAGES.split(","))


@pytest.mark.parametrize("text", ["Perso", "ok", "Reisepass verloren", "Hallo!", "new passport", "Termin?", "Anmeldung"])
def test_one_or_two_words_are_german(text: str) -> None:
    assert detect(text) == "de"


@pytest.mark.parametrize("text", ["", "   ", "?!", "12 34 56", "0631 365 0", "🙂 🙂 🙂 🙂", "... !!! ???", "中文 语言 测试 一"])
def test_where_nothing_can_be_told_it_is_german(text: str) -> None:
    assert detect(text) == "de"
