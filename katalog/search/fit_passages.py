"""Fits the weights of the passage search: ``python -m katalog.search.fit_passages`` writes data/catalogue/passagen.json."""

import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from core.settings import PROJECT, Settings
from katalog.own import own_leistungen
from katalog.provenance import auskunft
from katalog.search.passages import FEATURES, FILE, NONE_FEATURES, Array, PassageIndex, passages_of
from language.encoder import CachedEncoder

QUESTIONS = PROJECT / "data" / "catalogue" / "detailfragen.jsonl"
# Of 1e-4 to 3e-3 the best on a held-out fifth.
PENALTY = 3e-4
Sample = tuple[Array, Array, list[int]]


def samples(path: Path, encoder: CachedEncoder) -> list[Sample]:
    """(features, features of none, places of the right sentences) of the questions in a file; no place: the record does not answer."""
    leistungen = {one.kennung: auskunft(one, None) for one in own_leistungen()}
    index = PassageIndex(list(leistungen.values()), encoder)
    collected = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        passages = passages_of(leistungen[row["leistung"]])
        right = [k for k, one in enumerate(passages) if row["feld"] and (one.feld, one.position) == (row["feld"], row["index"])]
        vector = encoder.encode([row["text"]])[0]
        collected.append((*index.features(row["text"], vector, row["leistung"]), right))
    return collected


def fit(collected: list[Sample]) -> tuple[Array, Array]:
    """Maximum likelihood by L-BFGS; several right sentences share theirs."""
    split = len(FEATURES)

    def loss(weights: Array) -> tuple[float, Array]:
        value, gradient = PENALTY * float(weights @ weights), 2 * PENALTY * weights
        for rows, none, right in collected:
            logits = np.append(rows @ weights[:split], none @ weights[split:])
            odds = np.exp(logits - logits.max())
            odds /= odds.sum()
            wanted = right or [len(odds) - 1]
            share = odds[wanted].sum()
            target = np.zeros(len(odds))
            target[wanted] = odds[wanted] / share
            value -= float(np.log(share + 1e-12)) / len(collected)
            change = (odds - target) / len(collected)
            gradient = gradient + np.concatenate([change[:-1] @ rows, change[-1] * none])
        return value, gradient

    found = minimize(loss, np.zeros(split + len(NONE_FEATURES)), jac=True, method="L-BFGS-B")
    return found.x[:split], found.x[split:]


def main() -> None:
    """Fits on data/catalogue/detailfragen.jsonl and writes the weights."""
    encoder = CachedEncoder.open(Settings().cache_folder, "fit")
    passage, none = fit(samples(QUESTIONS, encoder))
    encoder.save()
    stored = {
        "satz": dict(zip(FEATURES, np.round(passage, 4).tolist(), strict=True)),
        "keiner": dict(zip(NONE_FEATURES, np.round(none, 4).tolist(), strict=True)),
    }
    FILE.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")
    print(json.dumps(stored, indent=1))


if __name__ == "__main__":
    main()
