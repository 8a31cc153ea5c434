"""A test sentence that stands in the training data is refused; one that only speaks of the same matter is not."""

from pathlib import Path

import pytest

from bench.evaluate.leaks import leaks
from language.encoder import CachedEncoder, sentence_encoder

TRAINING = ["Was kostet ein neuer Reisepass für mein Kind?", "Ich habe meinen Ausweis verloren", "Wo melde ich meinen Hund an?"]


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> CachedEncoder:
    return CachedEncoder(sentence_encoder(), Path(tmp_path_factory.mktemp("leaks")) / "vectors.npz")


@pytest.mark.parametrize(
    "test",
    ["Was kostet ein neuer Reisepass für mein Kind?", "was kostet ein neuer reisepass fuer mein kind", "Ich hab meinen Ausweis verloren!"],
)
def test_the_same_sentence_is_a_leak_however_it_is_typed(encoder: CachedEncoder, test: str) -> None:
    assert [found[0] for found in leaks([test], TRAINING, encoder)] == [test]


@pytest.mark.parametrize("test", ["Mein Perso ist weg, was jetzt?", "Wie teuer ist der Pass?", "Muss mein Dackel gemeldet werden?"])
def test_another_sentence_on_the_same_matter_is_none(encoder: CachedEncoder, test: str) -> None:
    assert leaks([test], TRAINING, encoder) == []


def test_a_leak_tells_both_sentences_and_why(encoder: CachedEncoder) -> None:
    ((test, known, why),) = leaks(["Wo melde ich meinen Hund an"], TRAINING, encoder)
    assert (test, known) == ("Wo melde ich meinen Hund an", "Wo melde ich meinen Hund an?")
    assert why.startswith(("edit", "cosine"))
