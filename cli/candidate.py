"""``./lotse candidate``: trains a learned version, measures it and the live one in systems of their own, and writes the report.

What it does and how far it is stands in the version's folder: fortschritt.json, protokoll.log, bericht.json. One at a time.
"""

import ctypes
import fcntl
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.evaluate import cases, dialogues
from bench.evaluate.cases import Case
from bench.evaluate.dialogues import Dialogue
from bench.evaluate.model import Known
from cli import measuring, versions
from cli.supervisor import PR_SET_PDEATHSIG
from cli.system import Tell
from cli.taught import refuse_leaks, rows
from console.learning.gate import judge
from console.learning.limits import Learning
from console.learning.progress import Progress, Step
from console.learning.report import Report
from core import learned
from core.clock import now
from core.errors import BadInput, Conflict, LotseError
from core.settings import Settings

# The live system goes first: citizens wait for it, and nobody for a candidate.
NICENESS = 5


def candidate(settings: Settings, version: str, tell: Tell, *, bound: bool) -> Report:
    """Trains and measures. ``bound``: ends with the process that called it. Raises BadInput, Conflict, LotseError."""
    folder = learned.home(settings) / version
    if not version.isalnum() or not folder.is_dir():
        made = ", ".join(sorted(one.name for one in learned.home(settings).glob("f*") if one.is_dir()))
        raise BadInput(f"Die Fassung „{version}“ gibt es nicht. Es gibt: {made or 'noch keine'}. Fassungen entstehen in der Konsole.")
    if bound:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    os.nice(NICENESS)
    with _alone(settings), _told(folder) as (at, log):

        def say(line: str) -> None:
            log(line)
            tell(line)

        report = _job(settings, version, folder, at, say)
        at("bericht", 1.0, zustand="fertig")
    return report


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    with (learned.home(settings) / "lauf.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Conflict("Es wird schon ein Kandidat trainiert. Bitte warten Sie, bis er fertig ist.") from None
        yield


At = Callable[..., None]


@contextmanager
def _told(folder: Path) -> Iterator[tuple[At, Tell]]:
    """(notes a step, writes a line of the log); how it ends is noted in any case but a SIGKILL."""
    state = Progress.begin().at(folder, "vorbereiten")

    def at(step: Step, share: float = 0.0, **more: str) -> None:
        nonlocal state
        state = state.at(folder, step, share, **more)

    with (folder / "protokoll.log").open("w", buffering=1) as file:

        def log(line: str) -> None:
            file.write(f"{now():%H:%M:%S} {line}\n")

        try:
            yield at, log
        except KeyboardInterrupt:
            log("Abgebrochen.")
            at(state.schritt, zustand="abgebrochen")
            raise
        except Exception as error:
            log(str(error))
            at(state.schritt, zustand="gescheitert", fehler=str(error)[:2000] if isinstance(error, LotseError | OSError) else repr(error))
            raise


def _job(settings: Settings, version: str, folder: Path, at: At, tell: Tell) -> Report:
    begun, live = time.monotonic(), learned.stand(settings).live
    plan = Learning.load(settings)
    frozen, talks = _frozen(plan), _talks(plan)
    fresh = [cases.from_row(row) for row in rows(folder / "faelle")]
    refuse_leaks(settings, folder, fresh, frozen)
    at("trainieren")
    tell("Training …")
    own, live_known = measuring.beside(settings, version, folder / "lauf"), _known(settings, live)
    own = own.model_copy(update={"cache": versions.cache_of(settings, version)})
    candidate_known = Known(folder / "messung.json")
    try:
        with measuring.training(own, folder / "training.log", search=plan.suche) as trained:
            if not live_known.complete([*frozen, *fresh], talks):  # beside: the training uses one core or two, and nobody waits
                _measure_live(settings, live, folder / "lauf-live", live_known, [*frozen, *fresh], talks, tell)
            trained()
        at("starten")
        with measuring.system(own, tell) as (running, ready):
            candidate_known.sentences(running, [*frozen, *fresh], lambda share: at("saetze", share))
            candidate_known.dialogues(running, ready, talks, lambda share: at("gespraeche", share))
    finally:
        measuring.cleared(own.home)
        for file in own.cache_folder.glob("vectors-*"):
            file.unlink()
    at("bericht")
    ours, theirs = candidate_known.measured(frozen, fresh, talks), live_known.measured(frozen, fresh, talks)
    report = Report(
        fassung=version, live=live, wann=now().isoformat(timespec="seconds"), sekunden=round(time.monotonic() - begun, 1),
        kandidat=ours, bisher=theirs, tor=judge(ours, theirs, plan.tor),
    )  # fmt: skip
    report.write(folder)
    versions.thin_out(settings)
    tell(summary(report))
    return report


def _known(settings: Settings, version: str) -> Known:
    """What was measured of a version in the state of today's code and catalogue."""
    return Known(learned.home(settings) / "messungen" / f"{measuring.fingerprint(settings, version)}.json")


def _measure_live(
    settings: Settings, live: str, folder: Path, known: Known, chosen: list[Case], talks: list[Dialogue], tell: Tell
) -> None:
    """In a system of its own, so that nobody's question waits for it."""
    tell("Das Modell, das live ist, wird mit denselben Sätzen gemessen …")
    own = measuring.beside(settings, live, folder)
    versions.begin_cache(settings, own.cache_folder)
    model = versions.take_over(settings, live)
    versions.link(model, own.models / model.name)
    try:
        with measuring.system(own, tell) as (running, ready):
            known.sentences(running, chosen, lambda _: None)
            known.dialogues(running, ready, talks, lambda _: None)
    finally:
        measuring.cleared(own.home)


def _spread(found: list[Any], most: int | None) -> list[Any]:
    """At most so many, spread evenly."""
    return found if most is None or len(found) <= most else [found[i * len(found) // most] for i in range(most)]


def _frozen(plan: Learning) -> list[Case]:
    """Raises BadInput for a set that was looked at while improving: it would praise itself."""
    seen = [name for name in plan.pruefsaetze if cases.sets().get(name, {}).get("rolle") != "messen"]
    if seen:
        raise BadInput(f"Zum Messen taugt „{seen[0]}“ nicht: Seine Rolle in tests/nlu/sets.yml ist nicht „messen“.")
    return _spread([case for name in plan.pruefsaetze for case in cases.load(name)], plan.hoechstens_saetze)


def _talks(plan: Learning) -> list[Dialogue]:
    paths = [path for pattern in plan.gespraeche for path in sorted(dialogues.FOLDER.glob(pattern))]
    return _spread(dialogues.load(paths), plan.hoechstens_gespraeche) if paths else []


def summary(report: Report) -> str:
    """The gate's rules as text lines."""
    words = {True: "bestanden", False: "verfehlt"}
    lines = [
        f"{rule.name:20}{rule.kandidat:8.1f}{rule.live:8.1f}   {words[rule.bestanden]} {', '.join(rule.mehr)}".rstrip()
        for rule in report.tor
    ]
    wrong = report.offene_faelle()
    return "\n".join([*lines, f"{len(report.kandidat.faelle) - len(wrong)} von {len(report.kandidat.faelle)} neuen Fällen richtig"])
