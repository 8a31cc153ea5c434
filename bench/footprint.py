"""``./lotse bench footprint``: training from scratch, the second start, resident memory of all processes."""

import json
import tempfile
import time
from pathlib import Path

from cli.processes import free_port
from cli.system import Running, Tell, started
from cli.training import ensure_model
from core.settings import Settings

# What issue and README promise.
LIMITS = {"training_s": 120.0, "zweiter_start_s": 60.0, "speicher_mb": 2500.0}


def resident_mb(running: Running) -> dict[str, float]:
    """Resident memory of each process and its children in MB, from /proc."""
    return {name: round(sum(_rss(pid) for pid in _family(pid)), 1) for name, pid in running.processes.items()}


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(found for child in children for found in _family(int(child)))]


def _rss(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


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
            memory = resident_mb(running) | {"supervisor": round(_rss_of_self(), 1)}
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


def _rss_of_self() -> float:
    return _rss(int(Path("/proc/self").resolve().name))
