"""``./lotse bench footprint``: training from scratch, the second start, resident memory of all processes."""

import json
import os
import tempfile
import time
from pathlib import Path

from bench.proc import resident, resident_mb
from cli.processes import free_port
from cli.system import Tell, started
from cli.training import ensure_model
from core.settings import Settings

# What issue and README promise.
LIMITS = {"training_s": 120.0, "zweiter_start_s": 60.0, "speicher_mb": 2500.0}


def run(settings: Settings, tell: Tell, *, as_json: bool) -> None:
    """Trains in an empty folder, starts twice, measures the second start."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = settings.model_copy(update={"home": Path(folder) / "lotse", "cache": None, "port": free_port()})
        begun = time.monotonic()
        ensure_model(fresh)
        training = time.monotonic() - begun
        with started(fresh, tell):
            pass
        begun = time.monotonic()
        with started(fresh, tell) as (running, _):
            second = time.monotonic() - begun
            memory = resident_mb(running.processes) | {"supervisor": round(resident(os.getpid()), 1)}
    result = {
        "training_s": round(training, 1), "zweiter_start_s": round(second, 1), "speicher_mb": round(sum(memory.values()), 1),
        "speicher_je_prozess_mb": memory, "grenzen": LIMITS,
    }  # fmt: skip
    if as_json:
        print(json.dumps(result, ensure_ascii=False))
        return
    for name, limit in LIMITS.items():
        print(f"{name:18} {result[name]:>8}   Grenze {limit:g}")
    for name, used in memory.items():
        print(f"  {name:16} {used:>8} MB")
