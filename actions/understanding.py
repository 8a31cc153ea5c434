"""What a message means as a whole: the intent by the NLU and the services by the search, judged together.

Each alone is fooled by sentences close to a city's matters („Wie ist der Status meiner Bestellung?“). On 700 public sentences outside
of them 5.4 % were taken for a question about a service by the intent alone, 1.9 % by both.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.catalogue import Treffer
from core.intents import OVERVIEW, TALKING_INTENTS
from katalog.schemas import Suchergebnis
from language.stems import stems

OUTSIDE = "ausserhalb"
# Chosen on the development sets a and b: the odds of the search count three quarters of those of the intent.
SEARCH_WEIGHT = 0.75
# To take back an „outside“ both must be as sure as 12 to 1.
TAKE_BACK = 2.5
# Where no service is meant for sure, also the nearest are no answer.
SURELY_NONE = 0.8
# Probabilities closer to 0 and 1 say no more.
CLOSEST = 1e-4


@dataclass(frozen=True)
class Meaning:
    """The intent, and the services that may be meant, best first; empty when none is."""

    intent: str
    treffer: list[Treffer]


def meaning(ranking: Sequence[tuple[str, float]], text: str, found: Suchergebnis) -> Meaning:
    """``ranking``: (intent, probability), best first, without the fallback."""
    best = ranking[0][0]
    services = [(name, probability) for name, probability in ranking if name not in TALKING_INTENTS]
    share = sum(probability for _, probability in services) / (sum(probability for _, probability in ranking) or 1.0)
    odds = _log_odds(share) + SEARCH_WEIGHT * _log_odds(1 - found.ohne_leistung)
    if best == OUTSIDE and services and odds > TAKE_BACK:
        return Meaning(services[0][0], found.treffer)
    if best in TALKING_INTENTS:
        return Meaning(best, [])
    # „Und was kostet das?“ names nothing: only the intent can judge it.
    names_nothing = not stems(text)
    if odds < 0 and not names_nothing:
        return Meaning(OUTSIDE, [])
    # Who tells a situation („ich bin umgezogen“) means a service, however little the search makes of so few words.
    if found.treffer or names_nothing or (found.ohne_leistung > SURELY_NONE and best != OVERVIEW):
        return Meaning(best, found.treffer)
    return Meaning(best, [_given_one_is_meant(one, found.ohne_leistung, odds) for one in found.naechste])


def _given_one_is_meant(hit: Treffer, none: float, odds: float) -> Treffer:
    """The hit with its probability after the intent has spoken: its share among the services, times how likely one is meant at all."""
    meant = 1 / (1 + math.exp(-odds))
    return hit.model_copy(update={"score": round(min(hit.score / max(1 - none, CLOSEST), 1.0) * meant, 4)})


def _log_odds(probability: float) -> float:
    kept = min(max(probability, CLOSEST), 1 - CLOSEST)
    return math.log(kept / (1 - kept))
