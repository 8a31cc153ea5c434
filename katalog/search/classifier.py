"""A closed-form classifier over names and example questions: ridge regression to one target a service, plus one for "none".

No epochs and no random start: a changed catalogue is learned in the time of one matrix solve.
"""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.random_projection import SparseRandomProjection

from language.encoder import Vectors

PROJECTED = 768  # n-grams projected to so many dimensions; other sizes were not compared
NGRAM_WEIGHT = 0.6
STIFFNESS = 2.0
Scores = NDArray[np.float32]


class RidgeClassifier:
    """Trained on vectors (n, 512), n-grams (n, m) and a target position for each text; position ``services`` means none."""

    def __init__(self, vectors: Vectors, ngrams: sp.csr_matrix, target: NDArray[np.intp], classes: int) -> None:
        self._projection = SparseRandomProjection(PROJECTED, random_state=0).fit(ngrams).components_.T.tocsr()
        features = self._features(vectors, ngrams)
        # A service with 30 texts must not outweigh one with 3.
        counts = np.bincount(target, minlength=classes)
        weight = (1 / counts[target]).astype(np.float32)
        weight /= weight.mean()
        wanted = np.zeros((len(target), classes), dtype=np.float32)
        wanted[np.arange(len(target)), target] = 1
        self._mean = np.average(features, axis=0, weights=weight).astype(np.float32)
        centred = features - self._mean
        weighted = centred * weight[:, None]
        gram = weighted.T @ centred + STIFFNESS * np.eye(centred.shape[1], dtype=np.float32)
        self._weights = np.linalg.solve(gram, weighted.T @ wanted).astype(np.float32)

    def _features(self, vectors: Vectors, ngrams: sp.csr_matrix) -> Vectors:
        projected = (ngrams @ self._projection).toarray()
        return np.hstack([vectors, NGRAM_WEIGHT * projected]).astype(np.float32)

    def scores(self, vector: Vectors, ngrams: sp.csr_matrix) -> Scores:
        """One score a class for one text, about 0 to 1, shape (classes,)."""
        result: Scores = ((self._features(vector[None, :], ngrams) - self._mean) @ self._weights)[0]
        return result
