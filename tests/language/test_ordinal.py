"""The place that a message names, and nothing where it says more."""

import pytest

from language.ordinal import place_of


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("das zweite", 1), ("Nummer 3 bitte", 2), ("die letzte", -1), ("2", 1), ("Nimm das erste!", 0), ("ich meine den dritten", 2),
        ("the second one please", 1), ("ich habe zwei Kinder", None), ("zweites Kind", None), ("1 oder 2", None), ("", None), ("das", None),
        ("2026", None),
    ],
)  # fmt: skip
def test_a_place_is_told_from_other_numbers(text: str, place: int | None) -> None:
    assert place_of(text) == place
