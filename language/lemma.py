"""Lemma and tag of German words by HanTa (Hanover Tagger, LGPL): 97.1 % of lemmas right on UD-GSD, 3-4 ms a sentence."""

from functools import lru_cache
from typing import Any

from HanTa import HanoverTagger

# The tagger's time grows with the square of a word's length: 1 s at 300 letters, minutes at 3,000. The longest word in use has 79.
LONGEST_WORD = 80


@lru_cache(maxsize=1)
def _tagger() -> Any:
    return HanoverTagger.HanoverTagger("morphmodel_ger.pgz")


@lru_cache(maxsize=50_000)
def _word(word: str) -> tuple[str, str]:
    lemma, tag = _tagger().analyze(word)
    return lemma, tag


def tag_sentence(tokens: list[str]) -> list[tuple[str, str]]:
    """(lemma, STTS tag) for each token of one sentence, in order. Empty input gives an empty list."""
    if not tokens:
        return []
    tagged = _tagger().tag_sent([token[:LONGEST_WORD] for token in tokens])
    return [(token if len(token) > LONGEST_WORD else lemma, tag) for token, (_, lemma, tag) in zip(tokens, tagged, strict=True)]


def tag_word(word: str) -> tuple[str, str]:
    """(lemma, STTS tag) of one word without its sentence; cached, for indexing many short texts."""
    return _word(word)
