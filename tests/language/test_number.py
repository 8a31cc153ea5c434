"""Numbers as people type them."""

import pytest

from language.number import number_of

NUMBERS = {
    "drei": 3, "3 Stück": 3, "1.200": 1200, "ca. 2,5 m³": 2.5, "2.5": 2.5, "-5": -5, "1.200,50 €": 1200.5, "zwanzig": 20, "eine": 1,
    "nur einen": 1, "keine": 0, "es sind fünf": 5,
}  # fmt: skip
NONE = ["2-3", "3a", "1.2.2026", "drei bis vier", "keine Ahnung", "ich habe eine Frage", "1e5", "", "viele", "acht oder neun"]


@pytest.mark.parametrize(("text", "number"), NUMBERS.items())
def test_a_number_is_read(text: str, number: float) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_single_number_is_none(text: str) -> None:
    assert number_of(text) is None
