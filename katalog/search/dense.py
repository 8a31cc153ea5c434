"""Search by meaning: cosines of sentence vectors, in the directions that tell services apart."""

import numpy as np
from numpy.typing import NDArray

from language.encoder import Vectors

Scores = NDArray[np.float32]


class DenseIndex:
    """Vectors (texts, 512) projected once (katalog/search/projection.py) and brought back to length 1."""

    def __init__(self, vectors: Vectors, projection: Vectors) -> None:
        self._projection = projection
        self._texts = self._projected(vectors)

    def _projected(self, vectors: Vectors) -> Vectors:
        kept = vectors @ self._projection
        return np.asarray(kept / np.maximum(np.linalg.norm(kept, axis=1, keepdims=True), 1e-6), dtype=np.float32)

    def scores(self, query: Vectors) -> Scores:
        """The cosine of a query (512,) with each text, shape (texts,)."""
        found: Scores = self._texts @ self._projected(query[None, :])[0]
        return found
