"""Fits the fusion's weights on held-out questions: ``python -m katalog.search.fit`` writes data/catalogue/fusion.json.

Four folds: a quarter of the example questions and of the sentences without a service is held out and searched for in an index of
the rest.
"""

import json
import random
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from core.catalogue import Leistung
from katalog.search import nothing
from katalog.search.fusion import FEATURES, FILE, NONE_FEATURES, Array, Fusion
from katalog.search.index import SearchIndex
from language.encoder import CachedEncoder

FOLDS = 4
# Share of services that lose all their questions in a fold, so that the weights also hold for services that have none.
BARE = 0.1
NONE_SHARE = 0.2
# Half of the samples fit the 17 weights as well as all of them, in half the time.
SAMPLED = 0.5
# Keeps weights of features that say the same from growing against each other.
PENALTY = 1e-5


def _outside(texts: Sequence[str], folds: Sequence[int] | NDArray[np.int64], fold: int) -> list[str]:
    return [text for text, own in zip(texts, folds, strict=True) if own != fold]


def _framed(leistungen: Sequence[Leistung], rng: np.random.Generator) -> list[tuple[int, str]]:
    """A name of each service inside a citizen's question about another one: „was kostet ein neuer [Perso]?“ with „Reisepass“."""
    frames = nothing.marked()
    dice = random.Random(int(rng.integers(1 << 30)))
    return [(i, dice.choice(frames).swapped([name], dice)) for i, one in enumerate(leistungen) for name in [one.titel, *one.synonyme[:2]]]


def samples(leistungen: Sequence[Leistung], encoder: CachedEncoder, seed: int = 7) -> list[tuple[Array, Array, int]]:
    """(features, features of none, position of the right service or the number of services for none), all held out."""
    rng = np.random.default_rng(seed)
    empty = Fusion(np.zeros(len(FEATURES)), np.zeros(len(NONE_FEATURES)))
    without = list(nothing.sentences())
    fold_of_none = rng.integers(0, FOLDS, len(without))
    folds = [rng.integers(0, FOLDS, len(one.beispielfragen)) for one in leistungen]
    bare = rng.random((FOLDS, len(leistungen))) < BARE
    collected = []
    for fold in range(FOLDS):
        kept = [
            one.model_copy(update={"beispielfragen": [] if bare[fold, i] else _outside(one.beispielfragen, folds[i], fold)})
            for i, one in enumerate(leistungen)
        ]
        index = SearchIndex(kept, encoder, empty, _outside(without, fold_of_none, fold))
        asked = [(q, i) for i, one in enumerate(leistungen) for q, f in zip(one.beispielfragen, folds[i], strict=True) if f == fold]
        asked += [(framed, i) for i, framed in _framed(leistungen, rng)]
        asked += [(text, len(leistungen)) for text, f in zip(without, fold_of_none, strict=True) if f == fold]
        collected += [(*index.features(text), right) for text, right in asked if rng.random() < SAMPLED]
    return collected


def fit(collected: Sequence[tuple[Array, Array, int]]) -> Fusion:
    """Maximum likelihood by L-BFGS."""
    service = np.stack([one[0] for one in collected])
    none = np.stack([one[1] for one in collected])
    right = np.array([one[2] for one in collected])
    rows, split = np.arange(len(right)), service.shape[2]
    # As many messages without a service as a city's chat gets, however many such sentences there are to learn from.
    meant_none = right == service.shape[1]
    weight = np.where(meant_none, NONE_SHARE / meant_none.mean(), (1 - NONE_SHARE) / (1 - meant_none.mean()))

    def loss(weights: Array) -> tuple[float, Array]:
        logits = np.column_stack([service @ weights[:split], none @ weights[split:]])
        logits -= logits.max(axis=1, keepdims=True)
        odds = np.exp(logits)
        odds /= odds.sum(axis=1, keepdims=True)
        value = -(weight * np.log(odds[rows, right] + 1e-12)).mean() + PENALTY * float(weights @ weights)
        odds[rows, right] -= 1
        odds *= weight[:, None]
        gradient = np.concatenate([np.einsum("ns,nsf->f", odds[:, :-1], service), odds[:, -1] @ none]) / len(rows)
        return value, gradient + 2 * PENALTY * weights

    result = minimize(loss, np.zeros(split + none.shape[1]), jac=True, method="L-BFGS-B")
    return Fusion(result.x[:split], result.x[split:])


def report(fusion: Fusion, collected: Sequence[tuple[Array, Array, int]]) -> dict[str, float]:
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
    collected = samples(leistungen, encoder)
    encoder.save()
    fusion = fit(collected)
    shares = report(fusion, collected)
    stored = {
        "leistung": dict(zip(FEATURES, np.round(fusion.service, 4).tolist(), strict=True)),
        "keine": dict(zip(NONE_FEATURES, np.round(fusion.none, 4).tolist(), strict=True)),
        "zurueckgehalten": {name: round(share, 4) for name, share in shares.items()},
    }
    FILE.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")
    print(json.dumps(stored, indent=1))


if __name__ == "__main__":
    main()
