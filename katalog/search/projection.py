"""The directions of meaning that tell services apart: linear discriminant analysis over example questions.

Sentence vectors also carry tone, length and what is asked; in 192 directions in which questions about one service lie close together
and those about different ones apart, the nearest question is right in 69 % instead of 53 %. Learned once from our own questions and
shipped: it serves catalogues that have none.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.settings import PROJECT
from language.encoder import DIMENSION, Vectors

FILE = PROJECT / "data" / "catalogue" / "projektion.npy"
KEPT = 192
# Share of the mean variance that is added to each direction: .3 was best of .1 to 3 on the development sets.
SHRINKAGE = 0.3


def learned(vectors: Vectors, service: NDArray[np.intp]) -> Vectors:
    """The projection (512, 192) for vectors (n, 512) of questions and the position of the service that each is about."""
    counts = np.bincount(service)
    means = np.zeros((len(counts), DIMENSION), dtype=np.float64)
    np.add.at(means, service, vectors)
    means /= np.maximum(counts, 1)[:, None]
    off = vectors - means[service]
    within = off.T @ off / len(vectors)
    within += SHRINKAGE * np.trace(within) / DIMENSION * np.eye(DIMENSION)
    between = np.cov(means[counts > 0].T)
    values, axes = np.linalg.eigh(within)
    whitened = axes / np.sqrt(values)
    _, best = np.linalg.eigh(whitened.T @ between @ whitened)
    return np.ascontiguousarray(whitened @ best[:, ::-1][:, :KEPT], dtype=np.float32)


@lru_cache(maxsize=1)
def shipped() -> Vectors:
    """The projection in data/catalogue."""
    return np.load(FILE).astype(np.float32)
