"""Similar messages together, by sentence vectors: each goes to the nearest group, or begins one.

Of pairs of citizens' messages with a cosine of 0.7 and more, 86 % mean the same service (804 + 800 test messages); at 0.65 three quarters.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

ALIKE = 0.7
# Messages compared with all groups at once: 256 × 10,000 groups × 512 are 1.3 GFLOP and 10 MB.
BATCH = 256
Vectors = NDArray[np.float32]


class Groups:
    """Centres of groups that take in more; ``assign`` gives each vector's group."""

    def __init__(self, ids: Sequence[int] = (), sums: Vectors | None = None) -> None:
        self.ids: list[int | None] = list(ids)
        self._sums = np.zeros((max(64, 2 * len(self.ids)), 512), dtype=np.float32)
        if sums is not None and len(sums):
            self._sums[: len(self.ids)] = sums
        self._centres = _unit(self._sums)

    def assign(self, vectors: Vectors) -> list[int]:
        """The place of each vector's group in ``ids``; a group that begins here has the id None. Vectors: (n, 512), of length 1."""
        places: list[int] = []
        for start in range(0, len(vectors), BATCH):
            batch, before = vectors[start : start + BATCH], len(self.ids)
            near = batch @ self._centres[:before].T if before else np.zeros((len(batch), 0), dtype=np.float32)
            best = near.argmax(axis=1) if before else np.zeros(len(batch), dtype=np.intp)
            for row, vector in enumerate(batch):
                place, cosine = (int(best[row]), float(near[row, best[row]])) if before else (-1, -1.0)
                if len(self.ids) > before:  # groups that began within this batch
                    fresh = self._centres[before : len(self.ids)] @ vector
                    if fresh.max() > cosine:
                        place, cosine = before + int(fresh.argmax()), float(fresh.max())
                places.append(self._join(place, vector) if cosine >= ALIKE else self._begin(vector))
        return places

    def sum(self, place: int) -> Vectors:
        """The sum of a group's vectors (512,)."""
        return self._sums[place]

    def _join(self, place: int, vector: Vectors) -> int:
        self._sums[place] += vector
        self._centres[place] = _unit(self._sums[place])
        return place

    def _begin(self, vector: Vectors) -> int:
        place = len(self.ids)
        if place == len(self._sums):
            self._sums = np.concatenate([self._sums, np.zeros_like(self._sums)])
            self._centres = np.concatenate([self._centres, np.zeros_like(self._centres)])
        self.ids.append(None)
        return self._join(place, vector)


def _unit(vectors: Vectors) -> Vectors:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
