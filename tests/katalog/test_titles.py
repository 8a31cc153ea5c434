"""A name that is all a message is about names its service; what several share, and verbs alone, name none."""

import pytest

from katalog.search.titles import Names

NAMES = Names([
    ["Personalausweis beantragen", "Perso"], ["Reisepass beantragen", "Pass", "Zähler"], ["Wohnsitz ummelden", "ummelden", "Adresse"],
    ["Adresse im Fahrzeugschein ändern", "Adresse"],
])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Was kostet der Perso?", 0), ("preis für perso", 0), ("was nehm ich für den Pass mit", 1), ("Reisepass", 1),
        ("ummelden", None), ("Adresse", None), ("Perso verloren", None), ("was zahl ich dafür", None),
        ("", None), ("Was kostet das?", None),
    ],
)  # fmt: skip
def test_a_name_alone(text: str, position: int | None) -> None:
    assert NAMES.only(text) == position
