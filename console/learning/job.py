"""The candidate's job: ``./lotse candidate`` as a process of the web process. It ends with it, and then the page says so."""

import os
import subprocess
import sys
from pathlib import Path

from core.settings import PROJECT


class Job:
    """At most one; what it is doing stands in the version's folder (progress.py)."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        """Whether it still runs; one that has ended is taken off the kernel's list."""
        return self._process is not None and self._process.poll() is None

    def start(self, folder: Path) -> None:
        """Only from the main thread: the kernel ends the process when the thread that made it ends."""
        with (folder / "ausgabe.log").open("wb") as log:
            command = [sys.executable, "-m", "cli", "candidate", folder.name, "--gebunden"]
            self._process = subprocess.Popen(
                command, cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=os.environ | {"PYTHONPATH": str(PROJECT)},
                start_new_session=True,
            )  # fmt: skip

    def stop(self) -> None:
        """Asks it to end."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
