"""The search index of one catalogue: built as a whole, then only read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.catalogue import Leistung, Treffer
from core.settings import Settings
from katalog.search import nothing
from katalog.search.dense import DenseIndex
from katalog.search.fusion import NAMED, Array, Fusion
from katalog.search.groups import best_of, groups, mean_of_best
from katalog.search.learned import ServiceModel
from katalog.search.lexical import NgramIndex, StemIndex
from katalog.search.projection import shipped
from katalog.search.texts import texts_of
from katalog.search.titles import Mentions, Names, Titles
from language.ellipsis import object_of
from language.encoder import DIMENSION, CachedEncoder, Vectors
from language.naming import plain
from language.spelling import Spelling
from language.stems import stems, topic

LONGEST = 3000


@dataclass(frozen=True)
class Found:
    """``treffer``: services that may be meant, best first, empty when none is. ``naechste``: the nearest ones in any case.

    ``vektor``: the message's sentence vector (512,), for what else is to be known about it.
    """

    treffer: list[Treffer]
    naechste: list[Treffer]
    ohne_leistung: float
    vektor: Vectors


class SearchIndex:
    """Views on the same texts: sentence vectors, letters, BM25 with name coverage, and what was learned ahead (``model``)."""

    def __init__(
        self,
        leistungen: Sequence[Leistung],
        encoder: CachedEncoder,
        fusion: Fusion,
        none: Sequence[str],
        model: ServiceModel | None = None,
        projection: Vectors | None = None,
    ) -> None:
        self._leistungen = list(leistungen)
        self._encoder = encoder
        self._fusion = fusion
        # Citizens say „in Kaiserslautern“ of anything there; „nach Kaiserslautern“ tells who moves here.
        self._in_this_city = re.compile(rf"\s*\bin {re.escape(Settings().city)}\b", re.IGNORECASE)
        if not self._leistungen:
            return  # nothing to view: ``search`` finds nothing
        self._count = len(self._leistungen)
        texts = texts_of(self._leistungen)
        self._own = len(texts)
        everything = [one.text for one in texts] + list(none)
        service = np.array([one.service for one in texts], dtype=np.intp)
        self._kinds = {
            kind: np.array([i for i, one in enumerate(texts) if one.kind == kind], dtype=np.intp) for kind in ("name", "frage", "kurz")
        }
        self._kinds["name_frage"] = np.array([i for i, one in enumerate(texts) if one.kind != "kurz"], dtype=np.intp)
        self._groups = {kind: groups(service[rows]) for kind, rows in self._kinds.items()}
        self._spelling = Spelling(everything)
        self._dense = DenseIndex(encoder.encode(everything), shipped() if projection is None else projection)
        # Letters of the topical words only: the frame of a question („was kostet“) is the same for every service.
        self._ngrams = NgramIndex([topic(one) or one for one in everything])
        names = self._kinds["name"]
        self._titles = Titles([one.titel for one in self._leistungen])
        own_names = [[plain(one.titel), *one.synonyme] for one in self._leistungen]
        self._only_names, self._mentions = Names(own_names), Mentions(own_names)
        self._without_questions = np.array([float(not one.beispielfragen) for one in self._leistungen], dtype=np.float32)
        by_service: list[list[str]] = [[] for _ in range(self._count)]
        for one in texts:
            by_service[one.service].append(one.text)
        self._stems = StemIndex([" ".join(parts) for parts in by_service], [texts[i].text for i in names], service[names])
        self._model = model
        place = {key: i for i, key in enumerate(model.ids if model else ())}
        self._column = np.array([place.get(one.kennung, -1) for one in self._leistungen], dtype=np.intp)
        self._not_learned = (self._column < 0).astype(np.float32)

    @classmethod
    def build(cls, leistungen: Sequence[Leistung], encoder: CachedEncoder, model: ServiceModel | None = None) -> "SearchIndex":
        """The index with the fitted weights. Takes one encoding of every text that is new to ``encoder``."""
        return cls(leistungen, encoder, Fusion.load(), nothing.sentences(), model)

    def _best(self, scores: NDArray[np.float32], kind: str) -> NDArray[np.float32]:
        """The best score among a service's texts of this kind, 0 where it has none."""
        return best_of(scores[self._kinds[kind]], self._groups[kind], self._count)

    def _learned(self, text: str, about: str, vector: Vectors) -> tuple[NDArray[np.float32], float]:
        """(margin of each service, margin of "none"); 0 for what was not learned."""
        if self._model is None:
            return np.zeros(self._count, dtype=np.float32), 0.0
        margins, none = self._model.margins(text, about, vector)
        return np.where(self._column >= 0, margins[self._column], 0.0).astype(np.float32), none

    def features(self, text: str) -> tuple[Array, Array, Vectors]:
        """(features of each service (services, 11), features of "none" (9,), sentence vector (512,)) for one message."""
        # Letters and stems see the topical words only, without the frame of the question.
        text = self._spelling.restored(text)
        about = topic(text) or text
        vector = self._encoder.once([text])[0]
        cosines = self._dense.scores(vector)
        letters = self._ngrams.scores(about)
        columns = self._stems.query(about)
        topical = len(set(stems(about)))
        bm25 = self._stems.bm25(columns)
        learned, learned_none = self._learned(text, about, vector)
        name, asked = self._best(cosines, "name"), self._best(cosines, "frage")
        name_letters, asked_letters = self._best(letters, "name"), self._best(letters, "frage")
        rows = self._kinds["name_frage"]
        service = np.stack([
            name, np.maximum(asked, name), mean_of_best(cosines[rows], self._groups["name_frage"], self._count),
            self._best(cosines, "kurz"), name_letters, np.maximum(asked_letters, name_letters), bm25 / (bm25 + 10.0),
            self._stems.coverage(columns, topical - len(columns)), self._without_questions, learned, self._not_learned,
        ], axis=1)  # fmt: skip
        # Where little was learned, the model knows much about "none" and little about the services.
        bare = float(self._not_learned.mean())
        none = np.array([
            1.0, cosines[self._own :].max(initial=0), letters[self._own :].max(initial=0), learned_none * (1 - bare),
            min(topical, 3) / 3, cosines[: self._own].max(initial=0), letters[: self._own].max(initial=0), bare, learned_none * bare,
        ])  # fmt: skip
        return service.astype(np.float64), none, vector

    def search(self, text: str, limit: int = 5) -> Found:
        """Services for a message in everyday words. An empty message or an empty catalogue finds nothing."""
        text = self._in_this_city.sub("", object_of(text.strip()[:LONGEST]))
        if text.isupper() and max(map(len, text.split())) > 3:
            text = text.lower()  # the sentence vectors hardly know words in capitals; „WEG“ and „ALG II“ are names
        if not text or not self._leistungen:
            return Found([], [], 1.0, np.zeros(DIMENSION, dtype=np.float32))
        service, nothing_meant, vector = self.features(text)
        named = self._titles.named(text)
        scores, none = self._fusion.probabilities(service, nothing_meant, self._only_names.only(text) if named is None else named)
        order = np.argsort(-scores)[:limit]
        if self._mentions.named(text, int(order[0])):
            total = float(scores.sum()) + none * NAMED
            scores, none = scores / total, none * NAMED / total
        nearest = [self._hit(int(i), float(scores[i])) for i in order]
        meant = nearest if scores.sum() > none else []
        return Found(meant, nearest, none, vector)

    def _hit(self, position: int, score: float) -> Treffer:
        one = self._leistungen[position]
        return Treffer(id=one.kennung, schluessel=one.schluessel, titel=one.titel, kurz=one.kurz, score=round(score, 4))
