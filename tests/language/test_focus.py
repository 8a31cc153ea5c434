"""The sentence that asks."""

import pytest

from language.focus import focus


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("Was kostet das?", "Was kostet das?"),
        ("Ich bin umgezogen. Wo melde ich mich um? Danke.", "Wo melde ich mich um?"),
        ("Was kostet das? Und wie lange dauert es?", "Was kostet das?"),
        ("Mein Ausweis ist weg. Ich brauche einen neuen.", "Mein Ausweis ist weg. Ich brauche einen neuen."),
        ("Hallo\nwann habt ihr offen?\nGruß", "wann habt ihr offen?"),
        ("", ""),
    ],
)
def test_the_first_question_is_the_one_that_asks(text: str, asking: str) -> None:
    assert focus(text) == asking
