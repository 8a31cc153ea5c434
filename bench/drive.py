"""Runs the load generator and makes figures of what it saw."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from bench.arrivals import Arrival
from core.errors import LotseError
from core.settings import PROJECT


@dataclass(frozen=True)
class Figures:
    """One load: milliseconds from the planned time to the answer. ``spaet_ms``: how late the generator itself was (p95)."""

    rate: float
    nachrichten: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    fehler: dict[str, int]
    spaet_ms: float

    def within(self, most_ms: float) -> bool:
        """Every message answered, and 95 % of them in time."""
        return not self.fehler and self.p95_ms <= most_ms

    def as_dict(self) -> dict[str, object]:
        """For JSON, which has no word for what is no number."""
        return {name: None if value != value else value for name, value in asdict(self).items()}


def figures(rate: float, ms: Sequence[float], late_ms: Sequence[float], errors: Sequence[str]) -> Figures:
    """Percentiles of the answered ones; no number where none was answered."""
    p50, p95, p99 = (round(float(one), 1) for one in np.quantile(ms, (0.5, 0.95, 0.99))) if ms else [float("nan")] * 3
    late = round(float(np.quantile(late_ms, 0.95)), 1) if late_ms else 0.0
    return Figures(rate, len(ms) + len(errors), p50, p95, p99, dict(Counter(errors)), late)


def generator(target: str, url: str, arrivals: Sequence[Arrival]) -> subprocess.Popen[str]:
    """Starts it; it may use every core of the machine. ``finished`` fetches what it saw."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.generator", target, url], cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    os.sched_setaffinity(process.pid, range(os.cpu_count() or 1))
    assert process.stdin
    process.stdin.write(json.dumps(arrivals))
    process.stdin.close()
    return process


def finished(process: subprocess.Popen[str], rate: float) -> Figures:
    """Waits for it. Raises LotseError when it failed: its own message stands on stderr."""
    assert process.stdout
    with process:
        told = process.stdout.read()
    if process.returncode != 0:
        raise LotseError("Der Lastgeber ist gescheitert.")
    seen = json.loads(told)
    return figures(rate, seen["ms"], seen["late_ms"], seen["errors"])


def highest(measure: Callable[[float], Figures], first: float, step: float, most_ms: float, end: float) -> tuple[float, list[Figures]]:
    """The highest rate that is carried, and every step on the way: up from ``first`` until one fails; where that one fails, down.

    0 where no rate is carried; ``end`` where all are.
    """
    steps = [measure(first)]
    up = steps[0].within(most_ms)
    rate = first
    while 0 < (following := rate + step if up else rate - step) <= end:
        steps.append(measure(following))
        passed = steps[-1].within(most_ms)
        if up and not passed:
            return rate, steps
        if not up and passed:
            return following, steps
        rate = following
    return (rate if up else 0.0), steps
