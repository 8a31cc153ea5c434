"""The sentence of a service's own record that answers a question of detail („Reicht eine Kopie?“), found inside the record.

A conditional logit over the record's sentences and "none of them", fitted on 1,165 questions (katalog/search/fit_passages.py). Of 91
questions that a record answers it puts the right sentence first in 62 %; where it is sure (0.6 and more; 18 of 150) 14 are right.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from core.catalogue import Auskunft, Herkunft
from core.settings import PROJECT
from katalog.search.names import name_stems, without
from language.encoder import CachedEncoder, Vectors
from language.folding import fold, words
from language.stems import stems
from language.terms import Terms

FILE = PROJECT / "data" / "catalogue" / "passagen.json"
FIELDS = ("kurz", "voraussetzungen", "unterlagen", "gebuehren", "fristen", "bearbeitungsdauer", "ablauf")
FEATURES = (
    "vektor", "vektor_ohne_name", "buchstaben", "wortstaemme", "zahl_gefragt", "zahl", "geld_gefragt", "vektor_mal_staemme",
    *(f"feld_{name}" for name in FIELDS[:-1]),
)  # fmt: skip
NONE_FEATURES = ("konstante", "vektor", "vektor_ohne_name", "buchstaben", "wortstaemme", "woerter", "saetze", "zahl_gefragt")
Array = NDArray[np.float64]

# With the second one, 76 % of the questions that a record answers find their sentence; with the first alone 62 %.
MOST_SENTENCES = 2

# „Seit 1. Januar 2026“ is one sentence.
_SENTENCE = re.compile(r"(?<=[^\d][.!?;])\s+")
_NUMBER_ASKED = re.compile(
    r"\b(wie ?(viel|oft|lang|alt|hoch|schwer|gross|breit|weit|teuer|nah)|ab wann|bis wann|welche[mrns]? (alter|uhr|groesse)|wann)"
)
_MONEY_ASKED = re.compile(r"kost|preis|zahl|teuer|euro|gebuehr|billig|gratis|umsonst")


@dataclass(frozen=True)
class Passage:
    """One sentence or entry of a record; ``position`` is its place in a list field, None in a field of one text."""

    feld: str
    position: int | None
    text: str
    herkunft: tuple[Herkunft, ...]


def passages_of(leistung: Auskunft) -> list[Passage]:
    """Everything that the record says about itself, in the order of FIELDS."""
    found = [Passage("kurz", None, text, tuple(leistung.herkunft["kurz"])) for text in _SENTENCE.split(leistung.kurz or "") if text]
    for field in FIELDS[1:]:
        value = getattr(leistung, field)
        if not value:
            continue
        entries = [value] if isinstance(value, str) else value
        for number, entry in enumerate(entries):
            sources = [entry.herkunft, *entry.gelesen_in] if field == "gebuehren" else leistung.herkunft[field]
            position = None if isinstance(value, str) else number
            found.append(Passage(field, position, _said(entry), tuple(sources)))
    return found


def _said(entry: object) -> str:
    """An entry as it is searched; how it is told to a citizen is the actions' business."""
    if isinstance(entry, str):
        return entry
    amount = "kostenlos" if getattr(entry, "frei", False) else f"{getattr(entry, 'betrag', None) or ''} Euro".strip()
    return f"{getattr(entry, 'name', amount)} {getattr(entry, 'bedingung', None) or ''}".strip()


@dataclass(frozen=True)
class Prepared:
    """What is known of a record's sentences before any question; ``bares`` are the texts without the service's names."""

    texts: list[str]
    bares: list[str]
    letters: sp.csr_matrix
    stems: list[set[str]]
    digits: Array
    fields: Array


@dataclass(frozen=True)
class Weights:
    """Weights in the order of FEATURES and NONE_FEATURES."""

    passage: Array
    none: Array

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> "Weights":
        """The fitted weights; raises KeyError if a feature has none."""
        stored = json.loads(FILE.read_text("utf-8"))
        passage = np.array([stored["satz"][name] for name in FEATURES])
        return cls(passage, np.array([stored["keiner"][name] for name in NONE_FEATURES]))


class PassageIndex:
    """The sentences of all records, with what is needed to compare a question with those of one of them."""

    def __init__(self, leistungen: Sequence[Auskunft], encoder: CachedEncoder) -> None:
        self._encoder = encoder
        self._passages = {one.kennung: passages_of(one) for one in leistungen}
        self.names = {one.kennung: name_stems(one.titel, one.synonyme) for one in leistungen}
        everything = [passage.text for passages in self._passages.values() for passage in passages] or ["Leistung"]
        self._letters = Terms.letters(3)
        self._letters.fit(everything)
        counted = Counter(one for text in everything for one in set(stems(text)))
        self._idf = {one: float(np.log(1 + len(everything) / (1 + count))) for one, count in counted.items()}
        self._rare = float(np.log(1 + len(everything)))
        self._prepared = {key: self._prepare(passages, key) for key, passages in self._passages.items() if passages}
        encoder.encode([text for one in self._prepared.values() for text in (*one.texts, *one.bares)])

    def _prepare(self, passages: list[Passage], key: str) -> Prepared:
        texts = [one.text for one in passages]
        bares = [without(text, self.names[key]) for text in texts]
        digits = np.array([float(any(map(str.isdigit, text))) for text in texts])
        fields = np.array([[float(one.feld == name) for name in FIELDS[:-1]] for one in passages])
        return Prepared(texts, bares, self._letters.matrix(bares), [set(stems(text)) for text in texts], digits, fields)

    def features(self, question: str, vector: Vectors, key: str) -> tuple[Array, Array]:
        """(features of each sentence (n, 14), features of "none" (8,)) for a question with its sentence vector."""
        known = self._prepared[key]
        bare = without(question, self.names[key])
        cosine = self._encoder.encode(known.texts) @ vector
        bare_cosine = self._encoder.encode(known.bares) @ self._encoder.once([bare])[0]
        columns, weights = self._letters.row(bare)
        letters = np.asarray(known.letters[:, columns] @ weights)
        asked = set(stems(bare))
        weight = sum(self._idf.get(one, self._rare) for one in asked) or 1.0
        shared = np.array([sum(self._idf.get(one, 0.0) for one in asked & own) / weight for own in known.stems])
        folded = fold(question)
        number, money = float(bool(_NUMBER_ASKED.search(folded))), float(bool(_MONEY_ASKED.search(folded)))
        fee = known.fields[:, FIELDS.index("gebuehren")]
        rows = np.column_stack([
            cosine, bare_cosine, letters, shared, number * known.digits, known.digits, money * fee, cosine * shared, known.fields,
        ])  # fmt: skip
        none = np.array([
            1.0, cosine.max(), bare_cosine.max(), letters.max(), shared.max(), min(len(asked), 4) / 4, len(known.texts) / 10, number,
        ])  # fmt: skip
        return rows.astype(np.float64), none

    def best(self, question: str, vector: Vectors, key: str) -> list[tuple[Passage, float]]:
        """The sentences that most likely answer, with their probabilities, best first; none where the record says nothing at all."""
        if not self._passages.get(key) or not words(question):
            return []
        weights = Weights.load()
        rows, none = self.features(question, vector, key)
        logits = np.append(rows @ weights.passage, none @ weights.none)
        odds = np.exp(logits - logits.max())
        odds /= odds.sum()
        return [(self._passages[key][place], float(odds[place])) for place in np.argsort(-odds[:-1], kind="stable")[:MOST_SENTENCES]]
