"""The best score of each service over its texts: texts lie in the order of their services, so one pass over runs is enough."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Groups:
    """``starts``: where each service's run begins; ``services``: whose run it is."""

    starts: NDArray[np.intp]
    services: NDArray[np.intp]


def groups(service: NDArray[np.intp]) -> Groups:
    """The runs of a non-decreasing array of service positions."""
    starts = np.flatnonzero(np.diff(service, prepend=-1))
    return Groups(starts, service[starts])


def best_of(scores: Scores, runs: Groups, services: int) -> Scores:
    """The highest score of each service, shape (services,); 0 where a service has none."""
    best = np.zeros(services, dtype=np.float32)
    if len(runs.starts):
        best[runs.services] = np.maximum(np.maximum.reduceat(scores, runs.starts), 0)
    return best


def mean_of_best(scores: Scores, runs: Groups, services: int, best: int = 3) -> Scores:
    """The mean of each service's ``best`` highest scores, shape (services,); one question that happens to be alike counts less."""
    left, total = scores.copy(), np.zeros(services, dtype=np.float32)
    lengths = np.diff(np.append(runs.starts, len(scores)))
    for _ in range(best):
        highest = best_of(left, runs, services)
        total += highest
        # Equal scores go together: texts that are alike to the last digit.
        left[left >= np.repeat(highest[runs.services], lengths)] = 0
    return total / best
