"""The views fused into one probability: a conditional logit over the services and "none", fitted on held-out questions.

``P(service) = exp(w·f(service)) / (exp(v·g) + Σ exp(w·f))``; the weights stand in ``data/catalogue/fusion.json``.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.settings import PROJECT

FILE = PROJECT / "data" / "catalogue" / "fusion.json"
FEATURES = (
    "vektor_name", "vektor_frage", "vektor_mittel", "vektor_kurz", "ngramm_name", "ngramm_frage", "bm25", "abdeckung",
    "ohne_fragen", "gelernt", "nicht_gelernt",
)  # fmt: skip
NONE_FEATURES = (
    "konstante", "vektor", "ngramm", "gelernt", "themenwoerter", "bester_vektor", "bestes_ngramm", "anteil_nicht_gelernt",
    "gelernt_ohne_leistungen",
)  # fmt: skip
Array = NDArray[np.float64]
# e³: a service whose whole title is said is twenty times as likely as the next.
WHOLE_TITLE = 3.0
# That no service is meant is a twelfth as likely, where the best one is named.
NAMED = 1 / 12


@dataclass(frozen=True)
class Fusion:
    """Weights in the order of FEATURES and NONE_FEATURES."""

    service: Array
    none: Array

    @classmethod
    def load(cls, path: Path = FILE) -> "Fusion":
        """The fitted weights; raises KeyError if a feature has none."""
        stored = json.loads(path.read_text("utf-8"))
        return cls(
            np.array([stored["leistung"][name] for name in FEATURES]),
            np.array([stored["keine"][name] for name in NONE_FEATURES]),
        )

    def probabilities(self, features: Array, none: Array, named: int | None = None) -> tuple[Array, float]:
        """(probability of each service, probability of none) for features (services, 11) and none (9,).

        ``named``: position of the service whose whole title stands in the message.
        """
        logits = np.append(features @ self.service, none @ self.none)
        if named is not None:
            logits[named] = max(logits[named], logits.max()) + WHOLE_TITLE
        odds = np.exp(logits - logits.max())
        odds /= odds.sum()
        return odds[:-1], float(odds[-1])
