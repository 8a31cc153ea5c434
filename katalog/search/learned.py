"""What is learned from example questions ahead of time: a linear SVM over letters, words and sentence vectors, one class a service.

It is the strongest single view (.87 of the services at first place alone, the ridge regression before it .79), and takes a minute to
learn. So it is made before the catalogue starts; services that came later are found by the other views until the next start.
"""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from sklearn.svm import LinearSVC

from core.catalogue import Leistung
from core.settings import Settings
from katalog.search.kept import newest, path_for, read
from katalog.search.texts import texts_of
from language.encoder import CachedEncoder, Vectors
from language.linear import Linear, Margins
from language.spelling import Spelling
from language.stems import topic
from language.terms import Terms

NONE = ""
KIND = "suche"
# A service with fewer questions is better found by the other views.
FEWEST_QUESTIONS = 5


class ServiceModel:
    """``ids``: the services it knows; ``margins`` gives one value a service and one for "none"."""

    def __init__(self, leistungen: Sequence[Leistung], none: Sequence[str], encoder: CachedEncoder) -> None:
        known = [one for one in leistungen if len(one.beispielfragen) >= FEWEST_QUESTIONS]
        rows = [(text.text, known[text.service].kennung) for text in texts_of(known) if text.kind != "kurz"]
        rows += [(text, NONE) for text in none]
        spelling = Spelling(text for text, _ in rows)
        texts = [spelling.restored(text) for text, _ in rows]
        # Features of fewer than three texts would double the model's 60 MB and change nothing.
        self._letters, self._words = Terms.letters(fewest_texts=3), Terms.words(2, fewest_texts=3)
        terms = [self._letters.fit([topic(text) or text for text in texts]), self._words.fit(texts)]
        features = sp.hstack([*terms, sp.csr_matrix(encoder.encode(texts))], format="csr")
        svm = LinearSVC(C=0.5, class_weight="balanced", tol=1e-2, random_state=0).fit(features, [label for _, label in rows])
        self._linear = Linear(svm.coef_, svm.intercept_, [self._letters.width, self._words.width])
        labels = [str(label) for label in svm.classes_]
        self._none = labels.index(NONE)
        self.ids = [label for label in labels if label != NONE]

    def margins(self, text: str, about: str, vector: Vectors) -> tuple[Margins, float]:
        """(margin of each service in the order of ``ids``, margin of "none") for one message, its topical words and its vector."""
        row = self._linear.margins([self._letters.row(about), self._words.row(text)], vector)
        return np.delete(row, self._none), float(row[self._none])


def learned_from(leistungen: Sequence[Leistung], none: Sequence[str]) -> list[object]:
    """All that the model depends on."""
    return [[[one.kennung, one.titel, one.titel_amtlich, one.titel_en, one.synonyme, one.beispielfragen] for one in leistungen], [*none]]


def load(settings: Settings, leistungen: Sequence[Leistung], none: Sequence[str]) -> "ServiceModel | None":
    """The model for these services; where there is none yet, the one learned last; None: the other views find every service."""
    path = path_for(settings, KIND, learned_from(leistungen, none))
    earlier = path if path.exists() else newest(settings, KIND)
    if earlier is None:
        return None
    model: ServiceModel = read(earlier)
    return model
