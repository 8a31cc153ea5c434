"""The load is fixed in advance: how much, when, who, and what they say."""

from itertools import pairwise

import pytest

from bench.arrivals import arrivals, plan
from bench.said import scripts


def test_exactly_as_many_as_the_rate_asks_for_in_order_and_within_the_time() -> None:
    times = arrivals(12, 60, seed=1)
    assert len(times) == 720
    assert times == sorted(times)
    assert all(0 <= at <= 60 for at in times)


def test_the_same_load_can_be_sent_twice() -> None:
    assert arrivals(5, 10, seed=1) == arrivals(5, 10, seed=1) != arrivals(5, 10, seed=2)


def test_citizens_do_not_come_in_step() -> None:
    times = arrivals(10, 100, seed=0)
    gaps = [after - before for before, after in pairwise(times)]
    # Of independent ones, 63 % come sooner after each other than the mean; of those in step, none does.
    assert sum(gap < 0.1 for gap in gaps) / len(gaps) == pytest.approx(0.63, abs=0.05)


def test_the_conversations_take_turns_and_each_says_its_own_in_order() -> None:
    spoken = [["a1", "a2"], ["b1"], ["c1", "c2"]]
    said: dict[int, list[str]] = {}
    for one in plan(10, 1, 2, spoken):
        said.setdefault(one.conversation, []).append(one.text)
    assert said == {0: ["a1", "a2", "c1", "c2", "b1"], 1: ["b1", "a1", "a2", "c1", "c2"]}


def test_what_is_said_is_a_mix_of_whole_dialogues() -> None:
    spoken = scripts()
    assert len(spoken) > 400
    assert len({line for script in spoken for line in script}) > 1000
    assert spoken == scripts() != scripts(seed=1)
