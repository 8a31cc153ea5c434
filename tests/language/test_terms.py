"""One message's terms and margins are the same as scikit-learn's, computed for many."""

import numpy as np
import pytest
import scipy.sparse as sp

from language.linear import Linear
from language.terms import Terms

TEXTS = ["Was kostet ein Reisepass?", "Personalausweis für mein Kind", "Müll, Müll und noch einmal Müll", "Wo melde ich mich um?"]
ASKED = [*TEXTS, "MUELL im Wald", "qqq", "", "Ausweis"]


@pytest.fixture(params=["letters", "words"])
def terms(request: pytest.FixtureRequest) -> Terms:
    return Terms.letters() if request.param == "letters" else Terms.words(2)


def dense(row: tuple[np.ndarray, np.ndarray], width: int) -> np.ndarray:
    columns, weights = row
    return np.bincount(columns, weights, minlength=width)


@pytest.mark.parametrize("text", ASKED)
def test_a_row_is_that_of_the_matrix(terms: Terms, text: str) -> None:
    assert terms.fit(TEXTS).shape == (len(TEXTS), terms.width)
    assert dense(terms.row(text), terms.width) == pytest.approx(terms.matrix([text]).toarray()[0], abs=1e-6)


def test_margins_are_those_of_the_whole_product() -> None:
    letters, words, random = Terms.letters(), Terms.words(1), np.random.default_rng(0)
    parts = [letters.fit(TEXTS), words.fit(TEXTS), sp.csr_matrix(random.normal(size=(len(TEXTS), 3)).astype(np.float32))]
    features = sp.hstack(parts).toarray()
    weights, bias = random.normal(size=(5, features.shape[1])), random.normal(size=5)
    linear = Linear(weights, bias, [letters.width, words.width])
    for text, row, extra in zip(TEXTS, features, parts[2].toarray(), strict=True):
        assert linear.margins([letters.row(text), words.row(text)], extra) == pytest.approx(weights @ row + bias, abs=1e-4)
