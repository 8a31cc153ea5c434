"""Learned versions on disk: a cache of its own for a candidate, and taking over what was trained there."""

import os
import shutil
from pathlib import Path

from cli import training
from core import learned
from core.errors import LotseError
from core.settings import Settings

# What belongs to others: Rasa's own scratch, and what tests keep.
_NOT_LINKED = ("rasa", "tests")
# Trained models that are kept besides the live one and the one before: a candidate that nobody put live yet.
KEPT = 3


def of(settings: Settings, version: str) -> Settings:
    """The settings with which this version (empty: as delivered) counts, whatever is live."""
    return settings.model_copy(update={"learned": learned.home(settings) / version if version else None})


def cache_of(settings: Settings, version: str) -> Path:
    """The cache of a version, begun."""
    folder = learned.home(settings) / version / "modelle"
    begin_cache(settings, folder)
    return folder


def begin_cache(settings: Settings, folder: Path) -> None:
    """A cache of its own, with all that is known (links, no copies): what is made there pushes nothing of the live one's out."""
    for path in settings.cache_folder.rglob("*"):
        told = path.relative_to(settings.cache_folder)
        if path.is_file() and told.parts[0] not in _NOT_LINKED and path.suffix not in (".stand", ".part", ".gz"):
            link(path, folder / told)


def link(source: Path, target: Path) -> None:
    """One file under two names; a copy where the place is on another disk. A target that is there stays."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        return
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def take_over(settings: Settings, version: str) -> Path:
    """Brings what was trained for a version into the live cache; the model of its intents. Raises LotseError where there is none."""
    path = training.model_path(of(settings, version))
    trained = learned.home(settings) / version / "modelle" / "models"
    for file in trained.iterdir() if version and trained.exists() else ():
        if file.suffix in (".pickle", ".gz"):
            link(file, settings.models / file.name)
    if not path.exists():
        raise LotseError(f"Für die Fassung „{version or 'mitgeliefert'}“ gibt es kein Modell der heutigen Daten. Bitte neu trainieren.")
    path.touch()  # the newest are kept
    return path


def thin_out(settings: Settings) -> None:
    """Forgets the trained models of old versions; their sentences, cases and reports stay."""
    keep = set(learned.stand(settings).model_dump().values())
    made = [one for one in learned.home(settings).glob("*/modelle") if one.parent.name not in keep]
    for folder in sorted(made, key=lambda one: one.stat().st_mtime)[:-KEPT]:
        shutil.rmtree(folder)
