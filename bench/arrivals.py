"""What is said when, and by whom: fixed before the first message is sent, so that a slow answer does not thin out the load."""

import random
from collections.abc import Iterator, Sequence
from itertools import chain, count
from typing import NamedTuple


class Arrival(NamedTuple):
    """One message: seconds after the beginning, number of the conversation, what is said."""

    at: float
    conversation: int
    text: str


def arrivals(rate: float, seconds: float, seed: int) -> list[float]:
    """Random times, as of citizens who know nothing of each other; exactly as many as the rate asks for."""
    times = random.Random(seed)
    return sorted(times.uniform(0, seconds) for _ in range(round(rate * seconds)))


def plan(rate: float, seconds: float, conversations: int, spoken: Sequence[Sequence[str]], seed: int = 0) -> list[Arrival]:
    """The conversations speak in turn, each its own dialogues in their order."""
    texts = [_of(number, conversations, spoken) for number in range(conversations)]
    times = arrivals(rate, seconds, seed)
    return [Arrival(at, number % conversations, next(texts[number % conversations])) for number, at in enumerate(times)]


def _of(number: int, conversations: int, spoken: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of every dialogue that is this conversation's; from the first on again when all are said."""
    return chain.from_iterable(spoken[(number + conversations * lap) % len(spoken)] for lap in count())
