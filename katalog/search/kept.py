"""Models kept in files: made once for their data, read by each later start; only the newest two of a kind stay."""

import hashlib
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from core.settings import Settings
from katalog.search.version import version

Model = TypeVar("Model")
# The model of today's data and the one before; that of the services has 105 MB.
FILES = 2


def path_for(settings: Settings, kind: str, data: Any) -> Path:
    """Where the model of this kind, learned from this data (JSON) by today's code, lies or will lie."""
    stamp = hashlib.sha256(json.dumps(data, ensure_ascii=False).encode()).hexdigest()[:16]
    return settings.models / f"{kind}-{version()}-{stamp}.pickle"


def newest(settings: Settings, kind: str) -> Path | None:
    """The model of this kind that was kept last by today's code."""
    found = sorted(settings.models.glob(f"{kind}-{version()}-*.pickle"), key=lambda one: one.stat().st_mtime)
    return found[-1] if found else None


def read(path: Path) -> Any:
    """The model in a file that this program has written."""
    with path.open("rb") as file:
        return pickle.load(file)


def write(path: Path, model: Any) -> None:
    """Keeps the model, in one step, and forgets older ones of its kind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(pickle.dumps(model, protocol=pickle.HIGHEST_PROTOCOL))
    part.replace(path)
    kind = path.name.split("-")[0]
    for old in sorted(path.parent.glob(f"{kind}-*.pickle"), key=lambda one: one.stat().st_mtime)[:-FILES]:
        old.unlink(missing_ok=True)


def kept(settings: Settings, kind: str, data: Any, make: Callable[[], Model]) -> Model:
    """The model for this data, made now where it is missing."""
    path = path_for(settings, kind, data)
    if path.exists():
        model: Model = read(path)
        return model
    made = make()
    write(path, made)
    return made
