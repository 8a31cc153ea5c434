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

    def scores(self, queries: Vectors) -> list[Scores]:
        """For each query (n, 512) its cosine with each text, shape (texts,)."""
        return [self._texts @ query for query in self._projected(queries)]
