"""What the kernel knows of processes and their children (/proc)."""

import os
from collections.abc import Mapping
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """The process and all its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(found for child in children for found in family(int(child)))]


def resident(pid: int) -> float:
    """Resident memory of one process in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def resident_mb(processes: Mapping[str, int]) -> dict[str, float]:
    """Resident memory of each process with its children in MB."""
    return {name: round(sum(resident(one) for one in family(pid)), 1) for name, pid in processes.items()}


def cpu_seconds(processes: Mapping[str, int]) -> dict[str, float]:
    """Seconds of processor time that each process with its children has used so far."""
    return {name: sum(_used(one) for one in family(pid)) for name, pid in processes.items()}


def _used(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
