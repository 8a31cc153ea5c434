"""What we compare with: plain search as a city's website has it, and stock Rasa on the same training data."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.evaluate.cases import Case
from bench.evaluate.measures import Judged
from bench.plain import PlainSearch
from cli.training import environment
from core.catalogue import Leistung
from core.errors import LotseError
from core.settings import PROJECT, Settings


def plain_search(cases: Sequence[Case], leistungen: Sequence[Leistung]) -> list[Judged]:
    """BM25 with German stemming over the same catalogue. It knows no intents: every message is a search."""
    search = PlainSearch(leistungen)
    return [Judged(case, "leistung_suchen", 1.0, tuple(search.search(case.text, 5))) for case in cases]


def stock_rasa(settings: Settings, cases: Sequence[Case], epochs: int) -> tuple[list[Judged], dict[str, float]]:
    """Rasa's default pipeline (DIET), trained here on our training sentences; and its seconds of training, ms a message.

    In a process of its own. It finds no services. Raises LotseError if training fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts.json"
        texts.write_text(json.dumps([case.text for case in cases]), "utf-8")
        command = [sys.executable, "-m", "bench.evaluate.stock_rasa", "--texts", str(texts), "--epochs", str(epochs)]
        quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        done = subprocess.run(command, cwd=PROJECT, env=environment(settings), check=False, **quiet)  # type: ignore[call-overload]
    if done.returncode != 0:
        raise LotseError("Die Vergleichsmessung mit Rasa ist fehlgeschlagen: python -m bench.evaluate.stock_rasa zeigt, warum.")
    told = json.loads(done.stdout.splitlines()[-1])
    judged = [Judged(case, name, sure, ()) for case, (name, sure) in zip(cases, told["intents"], strict=True)]
    return judged, {"training_s": told["training_s"], "ms": told["ms"], "epochen": float(epochs)}
