"""TF-IDF over folded letters or words: many texts as scikit-learn makes them, one message in a tenth of that time."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from language.folding import fold

# (columns, weights) of the terms of one message.
Row = tuple[NDArray[np.intp], NDArray[np.float32]]


class Terms:
    """Sublinear TF-IDF rows of length 1. The parameters are those of ``TfidfVectorizer``."""

    def __init__(self, **parameters: Any) -> None:
        self._vectorizer = TfidfVectorizer(preprocessor=fold, sublinear_tf=True, dtype=np.float32, **parameters)
        self._terms: Callable[[str], list[str]] = self._vectorizer.build_analyzer()
        self._columns: dict[str, int] = {}
        self._idf: NDArray[np.float32] = np.zeros(0, dtype=np.float32)

    @classmethod
    def letters(cls, shortest: int = 2, *, fewest_texts: int = 1) -> "Terms":
        """Character n-grams inside words, up to five letters; those in fewer than ``fewest_texts`` texts are left out."""
        return cls(analyzer="char_wb", ngram_range=(shortest, 5), min_df=fewest_texts)

    @classmethod
    def words(cls, longest: int, *, pattern: str = r"\w+", fewest_texts: int = 1) -> "Terms":
        """Words in rows of up to ``longest``."""
        return cls(token_pattern=pattern, ngram_range=(1, longest), min_df=fewest_texts)

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self._columns)

    def fit(self, texts: Sequence[str]) -> sp.csr_matrix:
        """Learns the terms of the texts; their rows, shape (texts, width). Raises ValueError where no text has a term."""
        matrix = self._vectorizer.fit_transform(texts)
        self._columns, self._idf = self._vectorizer.vocabulary_, self._vectorizer.idf_
        return matrix

    def matrix(self, texts: Sequence[str]) -> sp.csr_matrix:
        """Rows of many texts, shape (texts, width)."""
        return self._vectorizer.transform(texts)

    def row(self, text: str) -> Row:
        """The row of one message, as ``matrix([text])``; empty where it has no known term."""
        known = self._columns
        counts = Counter(known[term] for term in self._terms(text) if term in known)
        columns = np.fromiter(counts, dtype=np.intp, count=len(counts))
        weights = (np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts))) + 1) * self._idf[columns]
        length = float(np.sqrt(weights @ weights))
        return columns, weights / length if length else weights
