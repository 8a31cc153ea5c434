"""Which life event a message asks about as a whole („Wir bekommen ein Kind, an was müssen wir alles denken?“), if any.

A logistic regression over sentence vectors and letters: on 160 messages that it had not seen it found 94 % of the life events and saw
one in 2.5 % of the others. A ridge classifier as for the services mistook half of the others.
"""

from collections.abc import Sequence

import scipy.sparse as sp
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from core.checklist import Checkliste
from language.encoder import CachedEncoder, Vectors
from language.linear import Linear
from language.terms import Terms

# Questions about single services to learn the difference from; with none 6 % of the others were mistaken.
OTHERS = 1500
VECTOR_WEIGHT = 2.0
CERTAIN_ENOUGH = 0.5


def some_of(others: Sequence[str]) -> list[str]:
    """About OTHERS of them, spread over all."""
    return [*others[:: max(len(others) // OTHERS, 1)]]


class LifeEvents:
    """Learned from the checklists' own questions; knows nothing where there are none."""

    def __init__(self, checklists: Sequence[Checkliste], others: Sequence[str], encoder: CachedEncoder) -> None:
        self._ids = [one.id for one in checklists if one.fragen]
        if not self._ids:
            return
        asked = [(text, one.id) for one in checklists for text in one.fragen]
        plain = [*(text for one in checklists for text in one.gegenfragen), *others]
        texts = [*(text for text, _ in asked), *plain]
        labels = [*(key for _, key in asked), *([""] * len(plain))]
        self._letters = Terms.letters(fewest_texts=2)
        features = sp.hstack([self._letters.fit(texts), sp.csr_matrix(VECTOR_WEIGHT * encoder.encode(texts))], format="csr")
        model = LogisticRegression(C=50.0, solver="liblinear", tol=1e-2).fit(features, labels)
        self._linear, self._classes = Linear(model.coef_, model.intercept_, [self._letters.width]), [str(one) for one in model.classes_]

    def asked(self, text: str, vector: Vectors) -> str | None:
        """Id of the life event that the whole message is about; ``vector``: the message's sentence vector (512,)."""
        if not self._ids:
            return None
        # One event against the rest each, as liblinear learns them.
        odds = expit(self._linear.margins([self._letters.row(text)], VECTOR_WEIGHT * vector))
        best = int(odds.argmax())
        return self._classes[best] or None if odds[best] >= CERTAIN_ENOUGH * odds.sum() else None
