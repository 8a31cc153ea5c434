"""The lock of a conversation: whether two get in at once, and how soon the next one gets in."""

import asyncio
import random
import threading
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from rasa.core.lock_store import LockError

PAIRS = 50
INSIDE_SECONDS = 0.03
ROUNDS = 20


def both_inside(make: Callable[[], Any]) -> int:
    """Of 50 pairs that come at the same moment, each from its own process (a thread here): how many were inside together."""
    return sum(_pair(make, f"paar-{number}") for number in range(PAIRS))


def _pair(make: Callable[[], Any], conversation: str) -> bool:
    together, counting, inside = threading.Barrier(2), threading.Lock(), [0, 0]

    async def turn() -> None:
        store = make()
        async with store.lock(f"{conversation}-{threading.get_ident()}"):
            pass  # connected
        together.wait()
        async with store.lock(conversation):
            with counting:
                inside[0] += 1
                inside[1] = max(inside)
            await asyncio.sleep(INSIDE_SECONDS)
            with counting:
                inside[0] -= 1

    def come() -> None:
        try:
            asyncio.run(turn())
        except LockError:
            return  # turned away: not inside

    threads = [threading.Thread(target=come) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return inside[1] == 2


async def wake_ms(store: Any) -> float:
    """From the end of one turn to the beginning of the one that waits for it, median; turns of up to a second."""
    times, lengths = [], random.Random(0)
    for number in range(ROUNDS):
        entered: list[float] = []

        async def follow(conversation: str, entered: list[float] = entered) -> None:
            async with store.lock(conversation):
                entered.append(time.perf_counter())

        async with store.lock(f"warten-{number}"):
            following = asyncio.create_task(follow(f"warten-{number}"))
            await asyncio.sleep(lengths.uniform(0.1, 1.1))
        left = time.perf_counter()
        await following
        times.append((entered[0] - left) * 1000)
    return round(median(times), 1)
