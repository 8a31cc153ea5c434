"""A version measured in a system of its own, in its own folder: its catalogue is a copy of the live one."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cli import versions
from cli.catalogue import seed, seed_learned
from cli.processes import free_port
from cli.system import Running, Tell, started
from cli.training import catalogue_state, data_hash, ensure_model
from core import learned
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


def trained(own: Settings, *, search: bool) -> Path:
    """Trains what is missing; without ``search`` the search's model stays the one that is live. Raises LotseError."""
    if not search:
        seed(own)
        seed_learned(own)
        own.models.mkdir(parents=True, exist_ok=True)
        (own.models / "suche.stand").write_text(catalogue_state(own), "utf-8")
    return ensure_model(own)


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


