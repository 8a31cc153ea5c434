"""The search index of one catalogue: built as a whole, then only read."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.catalogue import Leistung, Treffer
from katalog.search import nothing
from katalog.search.classifier import RidgeClassifier
from katalog.search.dense import DenseIndex
from katalog.search.fusion import Array, Fusion
from katalog.search.groups import best_of, groups
from katalog.search.lexical import NgramIndex, StemIndex
from katalog.search.spelling import Spelling
from katalog.search.texts import texts_of
from katalog.search.titles import Titles
from language.ellipsis import object_of
from language.encoder import CachedEncoder
from language.stems import stems, topic

LONGEST = 3000


@dataclass(frozen=True)
class Found:
    """``treffer``: services that may be meant, best first, empty when none is. ``naechste``: the nearest ones in any case."""

    treffer: list[Treffer]
    naechste: list[Treffer]
    ohne_leistung: float


class SearchIndex:
    """Four views on the same texts: sentence vectors, character n-grams, BM25 with name coverage, and a ridge classifier."""

    def __init__(self, leistungen: Sequence[Leistung], encoder: CachedEncoder, fusion: Fusion, none: Sequence[str]) -> None:
        self._leistungen = list(leistungen)
        self._encoder = encoder
        self._fusion = fusion
        if not self._leistungen:
            return  # nothing to view: ``search`` finds nothing
        count = len(self._leistungen)
        texts = texts_of(self._leistungen)
        own = len(texts)
        everything = [one.text for one in texts] + list(none)
        self._service = np.array([one.service for one in texts], dtype=np.intp)
        self._kinds = {
            kind: np.array([i for i, one in enumerate(texts) if one.kind == kind], dtype=np.intp) for kind in ("name", "frage", "kurz")
        }
        self._own = own
        self._groups = {kind: groups(self._service[rows]) for kind, rows in self._kinds.items()}
        self._spelling = Spelling(everything)
        vectors = encoder.encode(everything)
        self._dense = DenseIndex(vectors)
        # Letters of the topical words only: the frame of a question („was kostet“) is the same for every service.
        self._ngrams = NgramIndex([topic(one) or one for one in everything])
        names = self._kinds["name"]
        self._titles = Titles([one.titel for one in self._leistungen])
        self._without_questions = np.array([float(not one.beispielfragen) for one in self._leistungen], dtype=np.float32)
        by_service: list[list[str]] = [[] for _ in range(count)]
        for one in texts:
            by_service[one.service].append(one.text)
        self._stems = StemIndex([" ".join(parts) for parts in by_service], [texts[i].text for i in names], self._service[names])
        learned = np.concatenate([names, self._kinds["frage"], np.arange(own, len(everything))])
        target = np.concatenate([self._service, np.full(len(none), count)])[learned]
        self._classifier = RidgeClassifier(vectors[learned], self._ngrams.matrix[learned], target, count + 1)

    @classmethod
    def build(cls, leistungen: Sequence[Leistung], encoder: CachedEncoder) -> "SearchIndex":
        """The index with the fitted weights. Takes one encoding of every text that is new to ``encoder``."""
        return cls(leistungen, encoder, Fusion.load(), nothing.sentences())

    def _best(self, scores: NDArray[np.float32], kind: str) -> NDArray[np.float32]:
        """The best score among a service's texts of this kind, 0 where it has none."""
        return best_of(scores[self._kinds[kind]], self._groups[kind], len(self._leistungen))

    def features(self, text: str) -> tuple[Array, Array]:
        """(features of each service (services, 10), features of "none" (7,)) for one message."""
        # Two views of the message: all of it, and its topical words without the frame of the question.
        text = self._spelling.restored(text)
        about = topic(text) or text
        vectors = self._encoder.once([text, about])
        cosines, about_cosines = self._dense.scores(vectors)
        ngrams = self._ngrams.query(about)
        letters = self._ngrams.scores(ngrams)
        columns = self._stems.query(about)
        topical = len(set(stems(about)))
        classes = self._classifier.scores(vectors[0], ngrams)
        bm25 = self._stems.bm25(columns)
        by_vector, by_letters = self._best(cosines, "frage"), self._best(letters, "frage")
        name_vector, name_letters = self._best(cosines, "name"), self._best(letters, "name")
        about_best = np.maximum(self._best(about_cosines, "frage"), self._best(about_cosines, "name"))
        service = np.stack([
            name_vector, np.maximum(by_vector, name_vector), self._best(cosines, "kurz"),
            name_letters, np.maximum(by_letters, name_letters), bm25 / (bm25 + 10.0),
            self._stems.coverage(columns, topical - len(columns)), classes[:-1], self._without_questions, about_best,
            classes[:-1] * self._without_questions,
        ], axis=1)  # fmt: skip
        # Where few services have questions, the classifier knows much about "none" and little about the services.
        bare = float(self._without_questions.mean())
        none = np.array([
            1.0, cosines[self._own :].max(initial=0), letters[self._own :].max(initial=0), classes[-1],
            min(topical, 3) / 3, cosines[: self._own].max(initial=0), letters[: self._own].max(initial=0),
            bare, classes[-1] * bare,
        ])  # fmt: skip
        return service.astype(np.float64), none

    def search(self, text: str, limit: int = 5) -> Found:
        """Services for a message in everyday words. An empty message or an empty catalogue finds nothing."""
        text = object_of(text.strip()[:LONGEST])
        if text.isupper() and max(map(len, text.split())) > 3:
            text = text.lower()  # the sentence vectors hardly know words in capitals; „WEG“ and „ALG II“ are names
        if not text or not self._leistungen:
            return Found([], [], 1.0)
        scores, none = self._fusion.probabilities(*self.features(text), self._titles.named(text))
        order = np.argsort(-scores)[:limit]
        nearest = [self._hit(int(i), float(scores[i])) for i in order]
        meant = nearest if scores.sum() > none else []
        return Found(meant, nearest, none)

    def _hit(self, position: int, score: float) -> Treffer:
        one = self._leistungen[position]
        return Treffer(id=one.kennung, schluessel=one.schluessel, titel=one.titel, kurz=one.kurz, score=round(score, 4))
