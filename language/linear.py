"""A linear model's margins for one message: only the rows of its own terms are touched."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from language.terms import Row

Margins = NDArray[np.float32]


class Linear:
    """Learned over TF-IDF columns followed by dense ones.

    ``coefficients`` (classes, columns) and ``intercepts`` (classes,) as scikit-learn has them; ``widths``: columns of each TF-IDF part.
    """

    def __init__(self, coefficients: NDArray[np.float64], intercepts: NDArray[np.float64], widths: Sequence[int]) -> None:
        self._weights = np.ascontiguousarray(coefficients.T, dtype=np.float32)
        self._bias = intercepts.astype(np.float32)
        self._starts = np.cumsum([0, *widths]).tolist()

    def margins(self, rows: Sequence[Row], dense: NDArray[np.float32]) -> Margins:
        """Shape (classes,); ``rows``: one a TF-IDF part, in order; ``dense``: the values of the other columns."""
        result: Margins = self._bias + dense @ self._weights[self._starts[-1] :]
        for start, (columns, weights) in zip(self._starts, rows, strict=False):
            result += weights @ self._weights[start + columns]
        return result
