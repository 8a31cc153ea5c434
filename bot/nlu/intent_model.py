"""The intent model: a linear SVM over folded character 2-5-grams, folded words and sentence vectors, with calibrated probabilities.

Why not Rasa's own: on 646 citizen messages DIET reached .31 after 9 minutes and LogisticRegression on raw counts .26; scaling and
weighting of the features decide more than the classifier (TF-IDF and unit vectors: .46 in half a second).
"""

from collections.abc import Callable, Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.svm import LinearSVC

from bot.nlu.views import as_typed
from language.encoder import Vectors
from language.linear import Linear
from language.swap import Marked, augmented
from language.terms import Row, Terms

# Swapped copies of each sentence with a marked service, besides the one with an official title; two were no better.
COPIES = 1
HELD_OUT = 5  # each fifth sentence is held out to set the temperature …
CALIBRATED_BY = (1, 2)  # … of a model that learns from the next two fifths: half the time of four, and the temperature is the same
# Directions kept of each view's 512: with all of them the training takes twice as long and is no better.
DIRECTIONS = 128
Encode = Callable[[Sequence[str]], Vectors]


class _Views:
    """TF-IDF of folded character 2-5-grams and of folded words in rows of up to three, of both views side by side."""

    def __init__(self) -> None:
        self._letters, self._words = Terms.letters(fewest_texts=3), Terms.words(3, pattern=r"\w+|[?!]", fewest_texts=3)

    def fit(self, whole: Sequence[str], asking: Sequence[str]) -> sp.csr_matrix:
        """Learns the terms of the whole messages; a view that is the other's text is not computed twice: most are one sentence."""
        first = sp.hstack([self._letters.fit(whole), self._words.fit(whole)], format="csr")
        other = [k for k, (one, two) in enumerate(zip(whole, asking, strict=True)) if one != two]
        if not other:
            return sp.hstack([first, first], format="csr")
        texts = [asking[k] for k in other]
        changed = sp.hstack([self._letters.matrix(texts), self._words.matrix(texts)], format="csr")
        order = np.arange(len(whole))
        order[other] = len(whole) + np.arange(len(other))
        return sp.hstack([first, sp.vstack([first, changed], format="csr")[order]], format="csr")

    @property
    def widths(self) -> list[int]:
        return 2 * [self._letters.width, self._words.width]

    def rows(self, whole: str, asking: str) -> list[Row]:
        first = [self._letters.row(whole), self._words.row(whole)]
        return [*first, *(first if asking == whole else [self._letters.row(asking), self._words.row(asking)])]


class IntentModel:
    """Trained by ``fit``; predicts probabilities over ``classes`` from the two views of a message (bot/nlu/views.py).

    Plain numpy and scikit-learn, pickled with joblib.
    """

    def __init__(self) -> None:
        self._views = _Views()
        self._directions: tuple[Vectors, Vectors]
        self._linear: Linear
        self.classes: list[str] = []
        self.temperature = 1.0

    def _dense(self, vectors: tuple[Vectors, Vectors]) -> Vectors:
        return np.concatenate([one @ kept for one, kept in zip(vectors, self._directions, strict=True)], axis=-1)

    def fit(self, sentences: Sequence[Marked], intents: Sequence[str], encode: Encode, titles: Sequence[str] = ()) -> float:
        """Trains on all sentences; gives the accuracy on the fifth that was held out to set the temperature."""
        rows = augmented(sentences, COPIES, titles)
        index = np.array([i for i, _ in rows])
        views = tuple(zip(*(as_typed(text) for _, text in rows), strict=True))
        vectors = (encode(views[0]), encode(views[1]))
        self._directions = (_principal(vectors[0]), _principal(vectors[1]))
        features = sp.hstack([self._views.fit(*views), sp.csr_matrix(self._dense(vectors))], format="csr")
        labels = np.array([intents[i] for i in index])
        first = np.array([k == 0 or index[k] != index[k - 1] for k in range(len(index))])
        held, learned = (index % HELD_OUT == 0) & first, np.isin(index % HELD_OUT, CALIBRATED_BY)
        trial = _svm().fit(features[learned], labels[learned])
        margins = trial.decision_function(features[held])
        right = np.searchsorted(trial.classes_, labels[held])
        self.temperature = _temperature(margins, right)
        final = _svm().fit(features, labels)
        self.classes = [str(name) for name in final.classes_]
        self._linear = Linear(final.coef_, final.intercept_, self._views.widths)
        return float((margins.argmax(axis=1) == right).mean())

    def probabilities(self, views: tuple[str, str], vectors: tuple[Vectors, Vectors]) -> NDArray[np.float64]:
        """Probability of each class for one message: its views and the vector (512,) of each."""
        margins = self._linear.margins(self._views.rows(*views), self._dense(vectors))
        result: NDArray[np.float64] = softmax(margins.astype(np.float64) * self.temperature)
        return result


def _svm() -> LinearSVC:
    return LinearSVC(C=0.5, class_weight="balanced", tol=1e-2, random_state=0)


def _principal(vectors: Vectors) -> Vectors:
    """The directions (512, 128) that carry the most of these vectors."""
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    return np.ascontiguousarray(directions[:, ::-1][:, :DIRECTIONS], dtype=np.float32)


def _temperature(margins: NDArray[np.float64], right: NDArray[np.intp]) -> float:
    """The factor on the margins that makes the probabilities honest (least log loss)."""

    def loss(factor: float) -> float:
        return float(-log_softmax(margins * factor, axis=1)[np.arange(len(right)), right].mean())

    return float(minimize_scalar(loss, bounds=(0.5, 20.0), method="bounded").x)
