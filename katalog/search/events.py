"""Which life event a message asks about as a whole („Wir bekommen ein Kind, an was müssen wir alles denken?“), if any.

A logistic regression over sentence vectors and letters: on 160 messages that it had not seen it found 93 % of the life events and saw
one in 2.5 % of the others. A ridge classifier as for the services mistook half of the others.
"""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from core.checklist import Checkliste
from language.encoder import CachedEncoder, Vectors
from language.folding import fold

# Questions about single services to learn the difference from; with none 6 % of the others were mistaken.
OTHERS = 1500
VECTOR_WEIGHT = 2.0
CERTAIN_ENOUGH = 0.5


class LifeEvents:
    """Learned from the checklists' own questions; knows nothing where there are none."""

    def __init__(self, checklists: Sequence[Checkliste], others: Sequence[str], encoder: CachedEncoder) -> None:
        self._ids = [one.id for one in checklists if one.fragen]
        if not self._ids:
            return
        step = max(len(others) // OTHERS, 1)
        asked = [(text, one.id) for one in checklists for text in one.fragen]
        plain = [*(text for one in checklists for text in one.gegenfragen), *others[::step]]
        texts = [*(text for text, _ in asked), *plain]
        labels = [*(key for _, key in asked), *([""] * len(plain))]
        self._letters = TfidfVectorizer(
            preprocessor=fold, analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2, dtype=np.float32
        )
        letters = self._letters.fit_transform(texts)
        self._model = LogisticRegression(C=20.0, max_iter=200, tol=1e-3).fit(self._features(encoder.encode(texts), letters), labels)

    @staticmethod
    def _features(vectors: Vectors, letters: sp.csr_matrix) -> sp.csr_matrix:
        return sp.hstack([sp.csr_matrix(VECTOR_WEIGHT * vectors), letters], format="csr")

    def asked(self, text: str, vector: Vectors) -> str | None:
        """Id of the life event that the whole message is about; ``vector``: the message's sentence vector (512,)."""
        if not self._ids:
            return None
        odds = self._model.predict_proba(self._features(vector[None, :], self._letters.transform([text])))[0]
        best = int(odds.argmax())
        return str(self._model.classes_[best]) or None if odds[best] >= CERTAIN_ENOUGH else None
