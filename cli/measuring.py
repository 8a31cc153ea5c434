"""A version measured in a system of its own, in its own folder: its catalogue is a copy of the live one."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cli import versions
from cli.catalogue import seed, seed_learned
from cli.processes import free_port
from cli.supervisor import die_with_parent
from cli.system import Running, Tell, started
from cli.training import catalogue_state, data_hash, environment
from core import learned
from core.errors import LotseError
from core.settings import PROJECT, Settings
from katalog.store import CatalogueStore, engine_for

# What an answer depends on, besides the model and the catalogue.
_CODE = ("actions", "bot", "katalog", "language", "connectors/gateway", "data/responses", "data/antraege", "domain.yml", "config.yml")


def beside(settings: Settings, version: str, folder: Path) -> Settings:
    """The settings of a system of its own in ``folder``, in which this version (empty: as delivered) is live. Its catalogue is filled."""
    taught = learned.home(settings) / version if version else None
    own = settings.model_copy(
        update={"home": folder, "cache": folder / "cache", "learned": taught, "port": free_port(), "redis_url": None, "database_url": None,
                "messages_per_minute": 0, "new_conversations_per_minute": 0}
    )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    _copy_catalogue(settings, own)
    return own


def _copy_catalogue(settings: Settings, own: Settings) -> None:
    number, rows = CatalogueStore(engine_for(settings)).all()
    if number == 0:
        return  # nothing was ever started here: the delivered catalogue is taken
    with CatalogueStore(engine_for(own)).change() as change:
        for kind, listed in rows.items():
            for row in listed:
                if row["herkunft"] != learned.SOURCE:
                    change.put(kind, {row["id"]: row["record"]}, row["herkunft"])
    stamp = settings.home / "catalogue.stamp"
    if stamp.exists():
        shutil.copyfile(stamp, own.home / stamp.name)


@contextmanager
def training(own: Settings, log: Path, *, search: bool) -> Iterator[Callable[[], None]]:
    """Trains what is missing in a process beside; the function waits for it and raises LotseError where it failed.

    Without ``search`` the search's model stays the one that is live. At the end nothing of it runs.
    """
    seed(own)
    seed_learned(own)
    own.models.mkdir(parents=True, exist_ok=True)
    if not search:
        (own.models / "suche.stand").write_text(catalogue_state(own), "utf-8")
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "cli", "train"], cwd=PROJECT, env=environment(own), stdin=subprocess.DEVNULL, stdout=file, stderr=file,
            start_new_session=True, preexec_fn=die_with_parent,
        )  # fmt: skip

    def wait() -> None:
        if process.wait() != 0:
            tails = [path.read_text("utf-8", "replace").splitlines()[-5:] for path in (log, *sorted(own.logs.glob("training*.log")))]
            raise LotseError("Das Training ist fehlgeschlagen.\n" + "\n".join(line for tail in tails for line in tail))

    try:
        yield wait
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # what it has started, too
        process.wait()


@contextmanager
def system(own: Settings, tell: Tell) -> Iterator[tuple[Running, Settings]]:
    """The whole system of such a version, ready, with its settings; nothing of it is left."""
    with started(own, tell) as (running, _):
        yield running, own


def fingerprint(settings: Settings, version: str) -> str:
    """What was measured counts as long as this stays: model, catalogue and the code that answers. 20 hex digits."""
    chosen = versions.of(settings, version)
    digest = hashlib.sha256(f"{version} {data_hash(chosen)} {catalogue_state(chosen)}".encode())
    for part in _CODE:
        path = PROJECT / part
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.suffix in (".py", ".yml", ".json", ".jsonl", ".txt", ".csv"):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:20]


def cleared(folder: Path) -> None:
    """Takes the system's folder away, with all it was told."""
    shutil.rmtree(folder, ignore_errors=True)


