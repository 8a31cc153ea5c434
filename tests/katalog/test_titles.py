"""A message that holds the whole title of a service means that service."""

import pytest

from katalog.search.titles import Titles

TITLES = ["Hundesteuer", "Hundesteuer ermäßigen", "Hund", "Straßenmusik", "Führerschein: Umtausch (Pflicht)", "Umzug"]


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Hundesteuer", 0),
        ("was kostet die HUNDESTEUER?", 0),
        ("Kann ich die Hundesteuer ermäßigen lassen?", 1),
        ("Hundesteuer ermaessigen", 1),
        ("strassenmusik", 3),
        ("führerschein umtausch pflicht", 4),
        ("Führerschein umtauschen", None),
        ("Hundesteuern", None),
        ("Mein Hund", None),
        ("Umzug", None),
        ("", None),
        ("?!", None),
    ],
)
def test_the_longest_title_that_stands_in_the_message_is_named(text: str, position: int | None) -> None:
    assert Titles(TITLES).named(text) == position


def test_without_titles_nothing_is_named() -> None:
    assert Titles([]).named("Hundesteuer") is None
    assert Titles(["", "🙂"]).named("Hundesteuer 🙂") is None
