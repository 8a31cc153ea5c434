"""Whether a message asks for a detail („Reicht eine Kopie?“) or one of the standard questions („Welche Unterlagen?“).

A logistic regression over letters, words and the sentence vector. Of 150 questions of detail that it had not seen it knows 60 %, and
takes 15 % of ordinary messages for one; many of those do ask for a detail („Ist das mit 19 drin?“).
"""

import json
from functools import lru_cache

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from core.intents import DOING_INTENTS, SERVICE_INTENTS
from core.settings import PROJECT
from language.encoder import CachedEncoder, Vectors
from language.focus import focus
from language.folding import fold
from language.sentences import training

QUESTIONS = PROJECT / "data" / "catalogue" / "detailfragen.jsonl"


class DetailQuestion:
    """Learned from data/catalogue/detailfragen.jsonl against the training sentences that name a service."""

    def __init__(self, encoder: CachedEncoder) -> None:
        details = [json.loads(line)["text"] for line in QUESTIONS.read_text("utf-8").splitlines()]
        ordinary = [one.text for intent, one in training() if one.spans and intent in (*SERVICE_INTENTS, *DOING_INTENTS)]
        texts = [focus(text) for text in (*details, *ordinary)]
        shared = {"preprocessor": fold, "sublinear_tf": True, "min_df": 2, "dtype": np.float32}
        self._letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), **shared).fit(texts)
        self._words = TfidfVectorizer(token_pattern=r"\w+|[?!]", ngram_range=(1, 3), **shared).fit(texts)
        labels = np.arange(len(texts)) < len(details)
        self._model = LogisticRegression(C=5.0, solver="liblinear").fit(self._features(texts, encoder.encode(texts)), labels)

    @classmethod
    @lru_cache(maxsize=1)
    def shared(cls, encoder: CachedEncoder) -> "DetailQuestion":
        """The process's one: it depends on no catalogue."""
        return cls(encoder)

    def _features(self, texts: list[str], vectors: Vectors) -> sp.csr_matrix:
        return sp.hstack([self._letters.transform(texts), self._words.transform(texts), sp.csr_matrix(vectors)], format="csr")

    def probability(self, text: str, vector: Vectors) -> float:
        """0 to 1; ``vector`` is that of the whole message, the letters are those of its question."""
        return float(self._model.predict_proba(self._features([focus(text)], vector[None, :]))[0, 1])
