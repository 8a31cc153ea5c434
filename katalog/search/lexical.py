"""Search by letters and stems: character n-grams find typing errors and compounds, BM25 finds words, coverage finds names."""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer

from katalog.search.groups import best_of, groups
from language.stems import stems
from language.terms import Terms

Scores = NDArray[np.float32]


class NgramIndex:
    """TF-IDF over folded character 2-5-grams; ``scores`` are cosines, one a text."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._letters = Terms.letters()
        self._by_ngram: sp.csr_matrix = self._letters.fit(texts).T.tocsr()

    def scores(self, text: str) -> Scores:
        """Cosine of each text with this one, shape (texts,). Touches only the rows of its own n-grams."""
        columns, weights = self._letters.row(text)
        result: Scores = np.asarray(self._by_ngram[columns].T @ weights, dtype=np.float32)
        return result


class StemIndex:
    """BM25 over stems (k1 = 1.2, b = 0.75, the usual values) and coverage of names, both one a service."""

    def __init__(self, documents: Sequence[str], names: Sequence[str], name_service: NDArray[np.intp]) -> None:
        counter = CountVectorizer(analyzer=stems, dtype=np.float32)
        # The vectorizer wants at least one word; a catalogue of stop words only ("Termin") has none.
        spare = [] if any(map(stems, documents)) else ["Leistung"]
        counts = counter.fit_transform([*documents, *names, *spare])[: len(documents) + len(names)]
        self._vocabulary = counter.vocabulary_
        self._services = len(documents)
        documents_matrix = counts[: self._services]
        frequency = np.bincount(documents_matrix.indices, minlength=counts.shape[1])
        self.idf = np.log(1 + (self._services - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
        self._bm25 = self._weighted(documents_matrix).tocsc()
        name_matrix = counts[self._services :]
        name_matrix.data[:] = 1
        name_matrix = (name_matrix @ sp.diags(self.idf)).astype(np.float32)
        self._weight = np.asarray(name_matrix.sum(axis=1), dtype=np.float32).ravel()
        self._names = name_matrix.tocsc()
        self._groups = groups(name_service)

    def _weighted(self, counts: sp.csr_matrix) -> sp.csr_matrix:
        lengths = np.asarray(counts.sum(axis=1)).ravel()
        norm = 1.2 * (0.25 + 0.75 * lengths / max(lengths.mean(), 1.0))
        rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        weighted = counts.copy()
        weighted.data = (counts.data * 2.2 / (counts.data + norm[rows]) * self.idf[counts.indices]).astype(np.float32)
        return weighted

    def query(self, text: str) -> list[int]:
        """Columns of the known stems of ``text``, each once."""
        return sorted({self._vocabulary[stem] for stem in stems(text) if stem in self._vocabulary})

    def bm25(self, query: list[int]) -> Scores:
        """BM25 of each service, shape (services,)."""
        return np.asarray(self._bm25[:, query].sum(axis=1), dtype=np.float32).ravel()

    def coverage(self, query: list[int], unknown: int) -> Scores:
        """Agreement (F1 by idf, 0 to 1) of the query with each service's best agreeing name, shape (services,).

        ``unknown``: topical words of the query that stand in no service; they count against every name.
        """
        shared = np.asarray(self._names[:, query].sum(axis=1), dtype=np.float32).ravel()
        asked = float(self.idf[query].sum()) + unknown * float(self.idf.max(initial=0))
        covered = 2 * shared / np.maximum(self._weight + asked, 1e-6)
        return best_of(covered, self._groups, self._services)
