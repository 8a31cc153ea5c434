"""``./lotse bench soak``: whether any process grows while citizens write for minutes."""

import json
import time
from typing import Any

from bench.arrivals import plan
from bench.drive import Figures, finished, generator
from bench.proc import resident_mb
from bench.said import scripts
from bench.stack import stack
from cli.system import Running, Tell
from core.errors import BadInput
from core.settings import Settings

LIMITS = {"wachstum_prozent": 5.0}
RATE, SECONDS = 5.0, 300.0
# What is loaded with the first messages is loaded then.
WARM_SECONDS = 60.0
CONVERSATIONS = 200
# Holds the conversations until they end after 30 minutes: it has to grow. ./lotse bench stores has its limit.
HOLDS = "redis"


def growth(first: float, last: float) -> float:
    """In percent."""
    return round((last - first) / first * 100, 1)


def grown(first: dict[str, float], last: dict[str, float]) -> dict[str, dict[str, float]]:
    """{process: {"nach_1_min", "am_ende", "prozent"}}."""
    return {name: {"nach_1_min": first[name], "am_ende": last[name], "prozent": growth(first[name], last[name])} for name in first}


def _watched(running: Running, rate: float, seconds: float) -> tuple[dict[str, dict[str, float]], Figures]:
    load = generator("lotse", running.web_url, plan(rate, seconds, CONVERSATIONS, scripts()))
    time.sleep(WARM_SECONDS)
    first = resident_mb(running.processes)
    seen = finished(load, rate)
    return grown(first, resident_mb(running.processes)), seen


def run(settings: Settings, tell: Tell, *, as_json: bool, rate: float = RATE, seconds: float = SECONDS) -> None:
    """Raises BadInput for less than two minutes: there would be nothing to compare."""
    if seconds < 2 * WARM_SECONDS:
        raise BadInput(f"--seconds: mindestens {2 * WARM_SECONDS:g}.")
    with stack(settings, tell) as (running, _):
        tell(f"{seconds:g} Sekunden lang {rate:g} Nachrichten/s …")
        table, seen = _watched(running, rate, seconds)
    result: dict[str, Any] = {"prozesse_mb": table, "last": seen.as_dict(), "grenzen": LIMITS}
    if as_json:
        print(json.dumps(result))
        return
    print(f"{'MB':12}{'nach 1 min':>12}{'am Ende':>10}{'Wachstum':>11}")
    for name, row in table.items():
        over = "  hält die Gespräche" if name == HOLDS else "  zu viel" if row["prozent"] > LIMITS["wachstum_prozent"] else ""
        print(f"{name:12}{row['nach_1_min']:>12}{row['am_ende']:>10}{row['prozent']:>9} %{over}")
    print(f"{seen.nachrichten} Nachrichten, p95 {seen.p95_ms} ms, Fehler {seen.fehler or 0}. Grenze: {LIMITS['wachstum_prozent']:g} %")
