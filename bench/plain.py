"""Plain search, the bar to beat: what a city's website has."""

from collections.abc import Sequence
from typing import Any

import bm25s
import Stemmer

from core.catalogue import Leistung


class PlainSearch:
    """What a city's website has: BM25 with German stemming over titles, synonyms and descriptions."""

    def __init__(self, leistungen: Sequence[Leistung]) -> None:
        self._ids = [one.kennung for one in leistungen]
        self._stemmer = Stemmer.Stemmer("german")
        texts = [" ".join(filter(None, [one.titel, one.titel_amtlich, *one.synonyme, one.kurz])) for one in leistungen]
        self._index = bm25s.BM25()
        self._index.index(self._tokens(texts), show_progress=False)

    def _tokens(self, texts: Sequence[str]) -> Any:
        return bm25s.tokenize(list(texts), stopwords="de", stemmer=self._stemmer, show_progress=False)

    def search(self, text: str, limit: int = 3) -> list[str]:
        """Ids of the best services."""
        found, scores = self._index.retrieve(self._tokens([text]), k=limit, show_progress=False)
        return [self._ids[int(i)] for i, score in zip(found[0], scores[0], strict=True) if score > 0]
