"""The best score of each service over its texts."""

import numpy as np
import pytest

from katalog.search.groups import best_of, groups


@pytest.mark.parametrize("seed", range(5))
def test_it_is_the_highest_of_each_service_and_never_below_zero(seed: int) -> None:
    rng = np.random.default_rng(seed)
    service = np.sort(rng.integers(0, 12, 40)).astype(np.intp)
    scores = rng.normal(size=40).astype(np.float32)
    expected = [max([0.0, *scores[service == one]]) for one in range(15)]
    assert best_of(scores, groups(service), 15).tolist() == pytest.approx(expected)


def test_without_texts_every_service_has_zero() -> None:
    assert best_of(np.zeros(0, dtype=np.float32), groups(np.zeros(0, dtype=np.intp)), 3).tolist() == [0, 0, 0]
