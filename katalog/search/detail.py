"""Whether a message asks for a detail („Reicht eine Kopie?“) or one of the standard questions („Welche Unterlagen?“).

A logistic regression over letters, words and the vector of the sentence that asks, without the service's name. Of 150 questions of
detail that it had not seen it knows 63 %, and takes 12 % of ordinary messages for one; many of those do ask for a detail („Ist das mit
19 drin?“). Without the vector it took „Was kostet ein Personalausweis?“ for one.
"""

import json
from collections.abc import Collection

import numpy as np
import scipy.sparse as sp
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from core.intents import DOING_INTENTS, SERVICE_INTENTS
from core.settings import PROJECT
from katalog.own import own_leistungen
from katalog.search.names import name_stems, without
from language.encoder import CachedEncoder, Vectors
from language.focus import focus
from language.folding import words
from language.linear import Linear
from language.sentences import questions, training
from language.terms import Terms

QUESTIONS = PROJECT / "data" / "catalogue" / "detailfragen.jsonl"
ORDINARY = (*SERVICE_INTENTS, *DOING_INTENTS)
# Example questions to learn the ordinary from besides the training sentences: each twelfth, so that the details are not drowned.
STEP = 12


def learned_from() -> list[object]:
    """All that the model depends on."""
    return [QUESTIONS.read_text("utf-8"), [one.text for _, one in training()], [text for _, _, text in questions()]]


class DetailQuestion:
    """Learned from data/catalogue/detailfragen.jsonl against training sentences and example questions."""

    def __init__(self, encoder: CachedEncoder) -> None:
        names = {one.kennung: name_stems(one.titel, one.synonyme) for one in own_leistungen()}
        details = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
        asked = [(service, text) for service, intent, text in questions() if intent in ORDINARY][::STEP]
        texts = [_asking(one["text"], names[one["leistung"]]) for one in details]
        texts += [focus(one.without_names()) for intent, one in training() if intent in ORDINARY]
        # The staff may have taught a question about a service that came by an import.
        texts += [_asking(text, names.get(service, ())) for service, text in asked]
        self._letters, self._words = Terms.letters(fewest_texts=2), Terms.words(3, pattern=r"\w+|[?!]", fewest_texts=2)
        features = sp.hstack([self._letters.fit(texts), self._words.fit(texts), sp.csr_matrix(encoder.encode(texts))], format="csr")
        labels = np.arange(len(texts)) < len(details)
        model = LogisticRegression(C=3.0, solver="liblinear").fit(features, labels)
        self._linear = Linear(model.coef_, model.intercept_, [self._letters.width, self._words.width])

    def probability(self, text: str, vector: Vectors, names: Collection[str], encoder: CachedEncoder) -> float:
        """0 to 1; ``vector``: that of the whole message, ``names``: stems of the names of the services that may be meant."""
        asks = _asking(text, names)
        if len(words(asks)) < len(words(text)):  # something was left out: its vector is another one
            vector = encoder.once([asks])[0]
        return float(expit(self._linear.margins([self._letters.row(asks), self._words.row(asks)], vector)[0]))


def _asking(text: str, names: Collection[str]) -> str:
    return without(focus(text), names)
