"""A measurement that loads Rasa, in a process of its own: importing it takes 12 s and changes much of a process."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

from cli.training import environment, model_path
from core.errors import LotseError
from core.settings import PROJECT, Settings


def lines(module: str, settings: Settings, *arguments: str) -> Iterator[Any]:
    """What it prints, one JSON value a line, as it comes. Raises LotseError with the end of its log when it failed."""
    command = [sys.executable, "-m", module, "--model", str(model_path(settings)), "--actions", settings.actions_url, *arguments]
    log = settings.logs / f"{module}.log"
    with log.open("wb") as errors, subprocess.Popen(
        command, cwd=PROJECT, env=environment(settings), stdout=subprocess.PIPE, stderr=errors
    ) as process:  # fmt: skip
        assert process.stdout
        for line in process.stdout:
            yield json.loads(line)
    if process.returncode != 0:
        raise LotseError(f"Die Messung ist gescheitert:\n{log.read_text('utf-8', 'replace')[-2000:]}")


def printer() -> Callable[[Any], None]:
    """For the process itself: prints a value. From now on stdout is for these alone; what Rasa logs there goes to stderr."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return lambda value: print(json.dumps(value, ensure_ascii=False), file=out, flush=True)
