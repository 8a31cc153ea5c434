"""Stems of German words (Snowball), without the words that carry no topic."""

import re
from functools import lru_cache
from pathlib import Path

import Stemmer

from language.folding import fold, words

# Function words and the cues of the aspects ("kosten", "Unterlagen" …) say what is asked, not about which service.
STOPWORDS = frozenset(Path(__file__).with_name("stopwords.txt").read_text("utf-8").split())


_TYPED = re.compile(r"\w+")


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("german")


def stem(word: str) -> str:
    """The stem of one folded word."""
    return str(_stemmer().stemWord(word))


def stems(text: str) -> list[str]:
    """Stems of the topical words of ``text``, in order."""
    stemmed: list[str] = _stemmer().stemWords(topical(text))
    return stemmed


def topical(text: str) -> list[str]:
    """The folded words that carry the topic, in order."""
    return [word for word in words(text) if word not in STOPWORDS]


def topic(text: str) -> str:
    """The words that carry the topic („Welche Unterlagen brauche ich für einen neuen Perso?“ → „Perso“), as typed; "" where none does."""
    return " ".join(word for word in _TYPED.findall(text) if fold(word) not in STOPWORDS)
