"""Similar messages come together, also those that come later, and quickly."""

import time

import numpy as np
import pytest

from console.inbox.grouping import BATCH, Groups, Vectors
from console.inbox.vectors import encode
from tests.console.house import House
from tests.console.lernen.turns import Themes, collected, said

pytestmark = pytest.mark.console
SAME = ("Wann wird die Biotonne geleert?", "Wann wird die Bio-Tonne abgeholt?", "An welchem Tag wird die Biotonne geleert?")
OTHER = ("Ich möchte meinen Hund anmelden", "Wie hoch ist der Mount Everest?")


def crowd(messages: int, themes: int, seed: int = 0) -> tuple[Vectors, list[int]]:
    """Vectors around so many themes, and the theme of each."""
    dice = np.random.default_rng(seed)
    centres = dice.normal(size=(themes, 512))
    theme = dice.integers(0, themes, messages)
    vectors = centres[theme] / np.linalg.norm(centres[theme], axis=1, keepdims=True) + dice.normal(size=(messages, 512)) * 0.02
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), theme.tolist()


def test_the_encoders_vectors_bring_together_what_means_the_same() -> None:
    places = Groups().assign(encode([*SAME, *OTHER]))
    assert len(set(places[:3])) == 1
    assert len(set(places)) == 3


def test_nothing_to_encode_starts_no_process() -> None:
    assert encode([]).shape == (0, 512)


def test_groups_are_the_themes_whatever_the_batches() -> None:
    vectors, theme = crowd(3 * BATCH, 40)
    places = Groups().assign(vectors)
    assert len(set(zip(places, theme, strict=True))) == len(set(theme)) == len(set(places))


def test_what_comes_later_joins_the_groups_that_are_there() -> None:
    vectors, _ = crowd(400, 20)
    once = Groups()
    together = once.assign(vectors)
    first = Groups()
    places = first.assign(vectors[:200])
    later = Groups([*range(len(first.ids))], np.array([first.sum(place) for place in range(len(first.ids))]))
    places += later.assign(vectors[200:])
    assert places == together


def test_two_thousand_messages_of_as_many_kinds_are_grouped_within_seconds() -> None:
    """The worst: each begins a group. 10,000 with their vectors are measured by ./lotse bench inbox."""
    vectors, _ = crowd(2000, 2000)
    begun = time.process_time()
    Groups().assign(vectors)
    assert time.process_time() - begun < 10


def test_a_message_like_a_settled_group_is_settled_with_it(house: House) -> None:
    themes = Themes()
    said(house, "a", "Müll wohin damit")
    collected(house, themes)
    (line,), _ = house.console.desk.lines()
    staff = house.signed_in("anna", "pruefer")
    staff.post(f"/posteingang/{line.id}/uebernehmen")
    _, messages, _ = house.console.desk.group(line.id)
    fields = {"art": "nicht_lernen", f"teil_{messages[0].id}": "dabei", f"text_{messages[0].id}": messages[0].text}
    assert staff.post(f"/posteingang/{line.id}", **fields).headers["location"].endswith("getan=entschieden")
    said(house, "b", "Müll und noch mehr")
    collected(house, themes)
    assert house.console.desk.lines()[0] == []
    assert house.console.desk.group(line.id)[0].anzahl == 2
