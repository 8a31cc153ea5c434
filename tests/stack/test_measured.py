"""The real system understands the measuring set as well as it must (docs/verstehen.md), and outweighs plain search everywhere."""

from typing import Any

import pytest

from bench.evaluate import report
from bench.evaluate.run import evaluated
from tests.conftest import Stack

pytestmark = [pytest.mark.stack, pytest.mark.bot]


@pytest.fixture(scope="module")
def result(stack: Stack) -> dict[str, Any]:
    return evaluated(stack.settings, stack.running, ["c"], None, print)


def test_every_mark_that_must_be_reached_is_reached(result: dict[str, Any]) -> None:
    # Times are for `./lotse evaluate` on a quiet machine, not for a test beside others.
    missed = [(mark["name"], mark["wert"], mark["muss"]) for mark in report.marks(result) if not mark["erreicht"]["muss"]]
    assert [one for one in missed if "Millisekunden" not in one[0]] == []


def test_in_no_category_is_plain_search_better(result: dict[str, Any]) -> None:
    assert [name for name, one in result["gegen_suche"].items() if one["mittel"] <= 0] == []


def test_probabilities_are_honest(result: dict[str, Any]) -> None:
    assert {name: told["ece"] for name, told in result["kalibrierung"].items() if told["ece"] > 0.1} == {}


@pytest.mark.parametrize(
    ("text", "service"),
    [("führerschein verloren", "fuehrerschein-verlust"), ("ich bin umgezogen", "wohnsitz-ummelden"), ("1234", None)],
)
def test_a_few_words_find_their_service_or_none(stack: Stack, text: str, service: str | None) -> None:
    import httpx

    from cli.parse import understood

    with httpx.Client(trust_env=False) as http:
        found = understood(http, stack.running, text)["leistungen"]
    assert (found[0]["id"] if found else None) == service
