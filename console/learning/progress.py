"""How far a candidate's job is: one small file in the version's folder, written by the job, read by the page."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ValidationError

from core import learned
from core.clock import now

# In this order; their German names stand in the page's template.
Step = Literal["vorbereiten", "trainieren", "starten", "saetze", "gespraeche", "bericht"]
STEPS: tuple[Step, ...] = ("vorbereiten", "trainieren", "starten", "saetze", "gespraeche", "bericht")
State = Literal["laeuft", "fertig", "gescheitert", "abgebrochen"]


class Progress(BaseModel):
    """``anteil``: of the whole job, 0 to 1. ``prozess`` and ``gestartet``: the job's pid and when the kernel started it."""

    zustand: State
    schritt: Step
    anteil: float
    prozess: int
    gestartet: str
    begonnen: str
    zuletzt: str
    fehler: str = ""

    @classmethod
    def begin(cls) -> Self:
        """Of this process."""
        moment = now().isoformat(timespec="seconds")
        return cls(zustand="laeuft", schritt="vorbereiten", anteil=0, prozess=os.getpid(), gestartet=_started(os.getpid()), begonnen=moment,
                   zuletzt=moment)  # fmt: skip

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """As it is now: a job that has ended without a word is „abgebrochen“. None where none was started."""
        try:
            told = cls.model_validate_json((folder / "fortschritt.json").read_bytes())
        except (OSError, ValidationError):
            return None
        if told.zustand == "laeuft" and _started(told.prozess) != told.gestartet:
            return told.model_copy(update={"zustand": "abgebrochen"})
        return told

    def at(self, folder: Path, step: Step, share: float = 0.0, **more: str) -> "Progress":
        """The job is at this step, of which ``share`` is done; kept in the folder."""
        whole = (STEPS.index(step) + share) / len(STEPS)
        update = {"schritt": step, "anteil": round(whole, 3), "zuletzt": now().isoformat(timespec="seconds"), **more}
        fresh = self.model_copy(update=update)
        learned.write(folder / "fortschritt.json", fresh.model_dump_json())
        return fresh


def _started(pid: int) -> str:
    """When the kernel started this process, in its ticks: a pid alone may be another's meanwhile. Empty where it does not run."""
    with suppress(OSError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return "" if fields[0] == "Z" else fields[19]
    return ""
