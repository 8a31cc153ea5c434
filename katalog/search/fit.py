"""Fits the fusion on held-out questions: ``python -m katalog.search.fit`` writes fusion.json and projektion.npy in data/catalogue.

Four folds: a quarter of the example questions and of the sentences without a service is held out and searched for in an index of
the rest.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from core.catalogue import Leistung
from katalog.search import nothing, projection
from katalog.search.fusion import FEATURES, FILE, NONE_FEATURES, Array, Fusion
from katalog.search.index import SearchIndex
from katalog.search.learned import ServiceModel
from katalog.search.texts import texts_of
from language.encoder import CachedEncoder, Vectors
from language.folding import fold

FOLDS = 4
# Share of services that lose all their questions in a fold, so that the weights also hold for services that have none.
BARE = 0.1
NONE_SHARE = 0.2
# A fifth of the samples, for a fifth of the time: thousands are left for twenty weights.
SAMPLED = 0.2
CITIES = 16
UNFITTED = Fusion(np.zeros(len(FEATURES)), np.zeros(len(NONE_FEATURES)))
# Keeps weights of features that say the same from growing against each other.
PENALTY = 1e-5


def _outside(texts: Sequence[str], folds: Sequence[int] | NDArray[np.int64], number: int) -> list[str]:
    return [text for text, own in zip(texts, folds, strict=True) if own != number]


def _typed(name: str, dice: random.Random) -> str:
    """A name as people type it: as it is, without umlauts, with two letters swapped or with one missing."""
    way, at = dice.random(), dice.randrange(1, max(len(name) - 1, 2))
    if way < 0.55:
        return name
    if way < 0.75:
        return fold(name)
    return name[:at] + name[at + 1 : at + 2] + (name[at : at + 1] if way < 0.88 else "") + name[at + 2 :]


def _framed(leistungen: Sequence[Leistung], rng: np.random.Generator) -> list[tuple[int, str]]:
    """Names of each service, bare and inside a citizen's question about another one: „was kostet ein neuer [Perso]?“ with „Reisepass“."""
    frames = nothing.marked()
    dice = random.Random(int(rng.integers(1 << 30)))
    names = [(i, name) for i, one in enumerate(leistungen) for name in [one.titel, *one.synonyme[:3]]]
    typed = [(i, _typed(name, dice)) for i, name in names]
    return [(i, name if dice.random() < 0.4 else dice.choice(frames).swapped([name], dice)) for i, name in typed]


def _projection(leistungen: Sequence[Leistung], encoder: CachedEncoder) -> Vectors:
    texts = texts_of(list(leistungen))
    return projection.learned(encoder.encode([one.text for one in texts]), np.array([one.service for one in texts], dtype=np.intp))


Sample = tuple[Array, Array, int]


def _asked(index: SearchIndex, asked: Sequence[tuple[str, int]], rng: np.random.Generator) -> list[Sample]:
    return [(*index.features(text)[:2], right) for text, right in asked if rng.random() < SAMPLED]


def samples(leistungen: Sequence[Leistung], encoder: CachedEncoder, seed: int = 7) -> list[Sample]:
    """(features, features of none, position of the right service or the number of services for none), all held out."""
    rng = np.random.default_rng(seed)
    without = list(nothing.sentences())
    fold_of_none = rng.integers(0, FOLDS, len(without))
    folds = [rng.integers(0, FOLDS, len(one.beispielfragen)) for one in leistungen]
    bare = rng.random((FOLDS, len(leistungen))) < BARE
    collected = []
    for number in range(FOLDS):
        kept = [
            one.model_copy(update={"beispielfragen": [] if bare[number, i] else _outside(one.beispielfragen, folds[i], number)})
            for i, one in enumerate(leistungen)
        ]
        none = _outside(without, fold_of_none, number)
        index = SearchIndex(kept, encoder, UNFITTED, none, ServiceModel(kept, none, encoder), _projection(kept, encoder))
        asked = [(q, i) for i, one in enumerate(leistungen) for q, f in zip(one.beispielfragen, folds[i], strict=True) if f == number]
        asked += [(framed, i) for i, framed in _framed(leistungen, rng)]
        asked += [(text, len(leistungen)) for text, f in zip(without, fold_of_none, strict=True) if f == number]
        collected += _asked(index, asked, rng)
    return collected


def small_cities(leistungen: Sequence[Leistung], encoder: CachedEncoder, seed: int = 8) -> list[Sample]:
    """Samples from made-up cities of 8 to 59 services without any example question: another city's first day."""
    rng = np.random.default_rng(seed)
    without = list(nothing.sentences())
    collected = []
    for _ in range(CITIES):
        chosen = [leistungen[i] for i in rng.choice(len(leistungen), int(rng.integers(8, 60)), replace=False)]
        known, held = without[::2], without[1::2]
        # The directions are learned from the other services: a new city's are unknown, too.
        directions = _projection([one for one in leistungen if one not in chosen], encoder)
        bare = [one.model_copy(update={"beispielfragen": []}) for one in chosen]
        index = SearchIndex(bare, encoder, UNFITTED, known, None, directions)
        asked = [(q, i) for i, one in enumerate(chosen) for q in rng.choice(one.beispielfragen, 6, replace=False)]
        asked += [(held[i], len(chosen)) for i in rng.choice(len(held), len(asked) // 3, replace=False)]
        collected += _asked(index, asked, rng)
    return collected


@dataclass(frozen=True)
class _Block:
    """Samples of catalogues of one size, as arrays; ``weight`` one a sample."""

    service: Array
    none: Array
    right: NDArray[np.int64]
    weight: Array


def _blocks(collected: Sequence[Sample]) -> list[_Block]:
    by_size: dict[int, list[Sample]] = {}
    for sample in collected:
        by_size.setdefault(len(sample[0]), []).append(sample)
    blocks = []
    for size, rows in by_size.items():
        right = np.array([row[2] for row in rows])
        meant_none = right == size
        # As many messages without a service as a city's chat gets, however many such sentences there are to learn from.
        share = min(max(float(meant_none.mean()), 0.01), 0.99)
        weight = np.where(meant_none, NONE_SHARE / share, (1 - NONE_SHARE) / (1 - share)) / len(collected)
        blocks.append(_Block(np.stack([row[0] for row in rows]), np.stack([row[1] for row in rows]), right, weight))
    return blocks


def fit(collected: Sequence[Sample]) -> Fusion:
    """Maximum likelihood by L-BFGS."""
    blocks, split = _blocks(collected), len(FEATURES)

    def loss(weights: Array) -> tuple[float, Array]:
        value, gradient = PENALTY * float(weights @ weights), 2 * PENALTY * weights
        for block in blocks:
            logits = np.column_stack([block.service @ weights[:split], block.none @ weights[split:]])
            odds = np.exp(logits - logits.max(axis=1, keepdims=True))
            odds /= odds.sum(axis=1, keepdims=True)
            rows = np.arange(len(block.right))
            value -= float((block.weight * np.log(odds[rows, block.right] + 1e-12)).sum())
            odds[rows, block.right] -= 1
            odds *= block.weight[:, None]
            gradient = gradient + np.concatenate([np.einsum("ns,nsf->f", odds[:, :-1], block.service), odds[:, -1] @ block.none])
        return value, gradient

    # A likeness never speaks against a service: without the bound, features that say the same take opposite signs.
    free = [name in ("ohne_fragen", "nicht_gelernt") for name in FEATURES] + [True] * len(NONE_FEATURES)
    bounds = [(None if one else 0.0, None) for one in free]
    result = minimize(loss, np.zeros(split + len(NONE_FEATURES)), jac=True, method="L-BFGS-B", bounds=bounds)
    return Fusion(result.x[:split], result.x[split:])


def report(fusion: Fusion, collected: Sequence[Sample]) -> dict[str, float]:
    """Shares on the held-out samples: top-1, top-3 (service meant), precision and recall of none."""
    ranks, told_none, meant_none = [], [], []
    for service, none, right in collected:
        scores, nothing_meant = fusion.probabilities(service, none)
        told_none.append(nothing_meant >= scores.sum())
        meant_none.append(right == len(scores))
        if right < len(scores):
            ranks.append(int((scores > scores[right]).sum()))
    rank, told, meant = np.array(ranks), np.array(told_none), np.array(meant_none)
    return {
        "top1": float((rank == 0).mean()),
        "top3": float((rank < 3).mean()),
        "none_precision": float((told & meant).sum() / max(told.sum(), 1)),
        "none_recall": float((told & meant).sum() / max(meant.sum(), 1)),
    }


def main() -> None:
    """Fits on the catalogue in data/ and writes the weights."""
    from core.settings import Settings
    from katalog.own import own_leistungen

    encoder = CachedEncoder.open(Settings().cache_folder, "fit")
    leistungen = own_leistungen()
    own, others = samples(leistungen, encoder), small_cities(leistungen, encoder)
    encoder.save()
    fusion = fit([*own, *others])
    shares = {"katalog": report(fusion, own), "kleine_staedte": report(fusion, others)}
    stored = {
        "leistung": dict(zip(FEATURES, np.round(fusion.service, 4).tolist(), strict=True)),
        "keine": dict(zip(NONE_FEATURES, np.round(fusion.none, 4).tolist(), strict=True)),
        "zurueckgehalten": {of: {name: round(share, 4) for name, share in found.items()} for of, found in shares.items()},
    }
    np.save(projection.FILE, _projection(leistungen, encoder).astype(np.float16))
    FILE.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")
    print(json.dumps(stored, indent=1))


if __name__ == "__main__":
    main()
