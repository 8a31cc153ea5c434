"""What the staff has taught: versions in LOTSE_HOME/gelernt, and the pointer that says which of them is live.

A version is a folder that is never changed once it is made: ``nlu/*.yml`` (training sentences), ``beispielfragen/*.jsonl`` (questions of
services), ``faelle/*.jsonl`` (test cases). ``stand.json`` points to the one that is live; without it nothing is learned.
"""

import os
from pathlib import Path

from pydantic import BaseModel, ValidationError

from core.errors import ConfigurationError
from core.settings import Settings

# The source under which example questions of a version are kept in the catalogue.
SOURCE = "gelernt"


class Stand(BaseModel):
    """``live`` and the version before it; empty: as delivered, nothing learned."""

    live: str = ""
    vorher: str = ""


def home(settings: Settings) -> Path:
    """The folder of all versions."""
    return settings.home / "gelernt"


def stand(settings: Settings) -> Stand:
    """Which version is live. Raises ConfigurationError where the pointer cannot be read."""
    path = home(settings) / "stand.json"
    try:
        return Stand.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return Stand()
    except (OSError, ValidationError) as error:
        raise ConfigurationError(f"{path} ist nicht lesbar. Ohne die Datei gilt der mitgelieferte Stand.") from error


def set_stand(settings: Settings, fresh: Stand) -> None:
    """Points to another version, in one step."""
    write(home(settings) / "stand.json", fresh.model_dump_json())


def write(path: Path, content: str) -> None:
    """Writes a small file in one step: who reads it meanwhile reads the old or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(content, "utf-8")
    part.replace(path)


def folder(settings: Settings) -> Path | None:
    """The folder of the version that counts for this process: LOTSE_LEARNED, else the one that is live; None: nothing is learned.

    Raises ConfigurationError where it is missing.
    """
    version = stand(settings).live if settings.learned is None else ""
    found = settings.learned or (home(settings) / version if version else None)
    if found is not None and not found.is_dir():
        raise ConfigurationError(f"Die gelernte Fassung {found} fehlt. Ohne {home(settings) / 'stand.json'} gilt der mitgelieferte Stand.")
    return found


def questions(version: Path | None) -> dict[str, bytes]:
    """{name: content} of a version's example questions, in the catalogue's import format."""
    return {path.name: path.read_bytes() for path in sorted((version / "beispielfragen").glob("*.jsonl"))} if version else {}
