"""``./lotse bench load``: how long citizens wait under load, how much load is carried, and the same with stock Rasa."""

import json
from dataclasses import dataclass
from typing import Any

from bench.arrivals import plan
from bench.drive import Figures, finished, generator, highest
from bench.proc import cpu_seconds
from bench.said import scripts
from bench.stack import stack
from bench.stock import stock_rasa
from cli.system import Tell
from core.settings import Settings

LIMITS = {"p95_ms": 500.0, "fehler": 0.0}
RATE = 12.0
SECONDS = 60.0
CONVERSATIONS = 200
# Steps on the way to the highest rate, messages a second, and how long each is kept up.
STEP, STEP_SECONDS, END = 2.0, 15.0, 150.0
# Before anything counts: what is loaded with the first messages is loaded.
WARM_RATE, WARM_SECONDS = 4.0, 10.0
# Of our processes: those that work for stock Rasa, too.
SHARED = ("catalogue", "actions")


@dataclass(frozen=True)
class Measured:
    """One of the two: the load that was asked for, what it cost each process, the highest load carried, each step on the way there."""

    last: Figures
    cpu_ms: dict[str, float]
    hoechste: float
    stufen: list[Figures]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"last": self.last.as_dict(), "cpu_ms_je_nachricht": self.cpu_ms, "hoechste_rate": self.hoechste,
                "stufen": [one.as_dict() for one in self.stufen]}  # fmt: skip


def measured(target: str, url: str, processes: dict[str, int], rate: float, seconds: float, tell: Tell) -> Measured:
    """Warms up, then the load, then the steps; each with conversations of its own. ``processes``: those that work for it."""
    spoken = scripts()

    def measure(rate: float, seconds: float = STEP_SECONDS) -> Figures:
        arrivals = plan(rate, seconds, CONVERSATIONS, spoken, seed=round(rate * seconds))
        seen = finished(generator(target, url, arrivals), rate)
        tell(f"  {rate:g}/s: p95 {seen.p95_ms:g} ms" + (f", Fehler {seen.fehler}" if seen.fehler else ""))
        return seen

    measure(WARM_RATE, WARM_SECONDS)
    before = cpu_seconds(processes)
    last = measure(rate, seconds)
    cost = {name: round((used - before[name]) * 1000 / last.nachrichten, 1) for name, used in cpu_seconds(processes).items()}
    return Measured(last, cost, *highest(measure, rate, STEP, LIMITS["p95_ms"], END))


def ratios(ours: Measured, stock: Measured) -> dict[str, float | None]:
    """How many times as long stock Rasa takes, and how many times as much we carry; None where stock carries nothing."""
    table = {
        name: round(getattr(stock.last, name) / getattr(ours.last, name), 2) if getattr(ours.last, name) else None
        for name in ("p50_ms", "p95_ms", "p99_ms")
    }
    return {**table, "hoechste_rate": round(ours.hoechste / stock.hoechste, 2) if stock.hoechste else None}


def run(settings: Settings, tell: Tell, *, as_json: bool, rate: float = RATE, seconds: float = SECONDS) -> None:
    """Ours, then stock Rasa with our idle processes beside it."""
    with stack(settings, tell) as (running, own):
        tell("Amtslotse …")
        ours = measured("lotse", running.web_url, running.processes, rate, seconds, tell)
        tell("Rasa, wie es ausgeliefert wird …")
        with stock_rasa(own, tell) as (url, own_processes):
            stock = measured("stock", url, {**{name: running.processes[name] for name in SHARED}, **own_processes}, rate, seconds, tell)
    told = ratios(ours, stock)
    if as_json:
        print(json.dumps({"amtslotse": ours.as_dict(), "rasa": stock.as_dict(), "verhaeltnis": told, "grenzen": LIMITS}))
        return
    print(f"{ours.last.nachrichten} Nachrichten, {rate:g}/s, {CONVERSATIONS} Gespräche\n{'':18}{'Amtslotse':>10}{'Rasa':>10}  Verhältnis")
    for name in ("p50_ms", "p95_ms", "p99_ms"):
        print(f"{name:18}{getattr(ours.last, name):>10}{getattr(stock.last, name):>10}  {told[name]}")
    print(f"{'fehler':18}{sum(ours.last.fehler.values()):>10}{sum(stock.last.fehler.values()):>10}")
    print(f"{'hoechste_rate':18}{ours.hoechste:>10g}{stock.hoechste:>10g}  {told['hoechste_rate']}")
    for name, one in (("Amtslotse", ours), ("Rasa", stock)):
        ended = one.stufen[-1]
        print(f"  {name}, letzte Stufe {ended.rate:g}/s: p95 {ended.p95_ms} ms, Fehler {ended.fehler or 0}")
        print("    Rechenzeit je Nachricht: " + ", ".join(f"{process} {cost:g} ms" for process, cost in one.cpu_ms.items()))
    print("Grenzen: " + ", ".join(f"{name} {limit:g}" for name, limit in LIMITS.items()))
