"""What is learned from example questions ahead of time: a linear SVM over letters, words and sentence vectors, one class a service.

It is the strongest single view (.87 of the services at first place alone, the ridge regression before it .79), and takes a minute to
learn. So it is made before the catalogue starts; services that came later are found by the other views until the next start.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import joblib
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from core.catalogue import Leistung
from core.settings import Settings
from katalog.search.texts import texts_of
from language.encoder import CachedEncoder, Vectors
from language.folding import fold
from language.spelling import Spelling
from language.stems import topic

NONE = ""
VERSION = 2
# A service with fewer questions is better found by the other views.
FEWEST_QUESTIONS = 5
Margins = NDArray[np.float32]


class ServiceModel:
    """``ids``: the services it knows; ``margins`` gives one value a service and one for "none"."""

    def __init__(self, leistungen: Sequence[Leistung], none: Sequence[str], encoder: CachedEncoder) -> None:
        known = [one for one in leistungen if len(one.beispielfragen) >= FEWEST_QUESTIONS]
        rows = [(text.text, known[text.service].kennung) for text in texts_of(known) if text.kind != "kurz"]
        rows += [(text, NONE) for text in none]
        spelling = Spelling(text for text, _ in rows)
        texts = [spelling.restored(text) for text, _ in rows]
        # Features of fewer than three texts would double the model's 60 MB and change nothing.
        shared = {"preprocessor": fold, "sublinear_tf": True, "min_df": 3, "dtype": np.float32}
        self._letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), **shared)
        self._words = TfidfVectorizer(token_pattern=r"\w+", ngram_range=(1, 2), **shared)
        self._letters.fit([topic(text) or text for text in texts])
        self._words.fit(texts)
        features = self._features(texts, [topic(text) or text for text in texts], encoder.encode(texts))
        svm = LinearSVC(C=0.5, class_weight="balanced", tol=1e-2, random_state=0).fit(features, [label for _, label in rows])
        # (features, classes): one message touches the rows of its own features only.
        self._weights = np.ascontiguousarray(svm.coef_.T, dtype=np.float32)
        self._bias = svm.intercept_.astype(np.float32)
        labels = [str(label) for label in svm.classes_]
        self._none = labels.index(NONE)
        self.ids = [label for label in labels if label != NONE]

    def _features(self, texts: Sequence[str], about: Sequence[str], vectors: Vectors) -> sp.csr_matrix:
        return sp.hstack([self._letters.transform(about), self._words.transform(texts), sp.csr_matrix(vectors)], format="csr")

    def margins(self, text: str, about: str, vector: Vectors) -> tuple[Margins, float]:
        """(margin of each service in the order of ``ids``, margin of "none") for one message, its topical words and its vector."""
        features = self._features([text], [about], vector[None, :])
        row = features.data @ self._weights[features.indices] + self._bias
        return np.delete(row, self._none), float(row[self._none])


def stamp(leistungen: Sequence[Leistung], none: Sequence[str]) -> str:
    """16 hex digits over all that the model is learned from."""
    texts = [[one.kennung, one.titel, one.titel_amtlich, one.titel_en, one.synonyme, one.beispielfragen] for one in leistungen]
    return hashlib.sha256(json.dumps([VERSION, texts, [*none]], ensure_ascii=False).encode()).hexdigest()[:16]


def path_for(settings: Settings, leistungen: Sequence[Leistung], none: Sequence[str]) -> Path:
    """Where the model for these services lies, or will lie."""
    return settings.models / f"suche-{stamp(leistungen, none)}.joblib"


def load(settings: Settings, leistungen: Sequence[Leistung], none: Sequence[str]) -> "ServiceModel | None":
    """The model for these services; where there is none yet, the one learned last; None: the other views find every service."""
    path = path_for(settings, leistungen, none)
    if not path.exists():
        earlier = sorted(settings.models.glob("suche-*.joblib"), key=lambda one: one.stat().st_mtime)
        if not earlier:
            return None
        path = earlier[-1]
    model: ServiceModel = joblib.load(path)
    return model
