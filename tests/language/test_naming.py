"""Words that name something, also as parts of longer ones; what stands in many names names nothing."""

import pytest

from language.naming import shared_words


@pytest.mark.parametrize(
    ("text", "name", "count"),
    [
        ("den für Bewohner", "Bewohnerparkausweis beantragen", 1), ("der vorläufige", "Vorläufigen Personalausweis beantragen", 1),
        ("Perso", "Personalausweis beantragen", 1), ("im Jahr", "Jahreskarte", 0), ("den Schein", "Wohnberechtigungsschein (WBS)", 0),
        ("", "Reisepass", 0), ("Hund", "Hund zur Hundesteuer anmelden", 1), ("Gewerbe abmelden", "Gewerbe abmelden", 2),
    ],
)  # fmt: skip
def test_shared_words(text: str, name: str, count: int) -> None:
    assert shared_words(text, name) == count
