"""Installs the genuine de_core_news_md: from a file, or from a mirror that the city names. Its hash is checked first."""

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import httpx

from core.errors import BadInput, LotseError, Unavailable
from language.pipeline import GENUINE

# 42 MB on a slow line; each single read must come within 4 s.
TIMEOUT = httpx.Timeout(4.0)


def _fetched(source: str, folder: Path) -> Path:
    target = folder / source.rsplit("/", 1)[-1]
    try:
        with httpx.stream("GET", source, timeout=TIMEOUT, follow_redirects=True) as answer:
            answer.raise_for_status()
            with target.open("wb") as file:
                for part in answer.iter_bytes():
                    file.write(part)
    except httpx.HTTPError as error:
        raise Unavailable(
            f"Das Modell ließ sich nicht laden ({type(error).__name__}). Laden Sie die Datei selbst und geben Sie sie an."
        ) from error
    return target


def _check(wheel: Path, sha256: str | None) -> None:
    """Refuses what is not spaCy's de_core_news_md for spaCy 3.7 (the PyPI project of that name is somebody else's)."""
    if not wheel.is_file():
        raise BadInput(f"{wheel} gibt es nicht.")
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if sha256 is None:
        raise BadInput(f"Bitte bestätigen Sie die Prüfsumme aus einer Quelle, der Sie vertrauen: --sha256 {found}")
    if found != sha256.lower():
        raise BadInput(f"Die Prüfsumme stimmt nicht: erwartet {sha256}, gefunden {found}. Es wurde nichts installiert.")
    if not wheel.name.startswith(f"{GENUINE}-3.7."):
        raise BadInput(f"{wheel.name} ist nicht {GENUINE} 3.7. Nur diese Fassung passt zu spaCy 3.7.")
    if not zipfile.is_zipfile(wheel) or not any(name.endswith("/meta.json") for name in zipfile.ZipFile(wheel).namelist()):
        raise BadInput(f"{wheel.name} ist kein spaCy-Modell.")


def install(source: str, sha256: str | None) -> str:
    """Checks and installs; gives a German line. Raises BadInput, Unavailable, LotseError."""
    with tempfile.TemporaryDirectory() as folder:
        wheel = _fetched(source, Path(folder)) if source.startswith(("http://", "https://")) else Path(source)
        _check(wheel, sha256)
        project_uv = Path(__file__).resolve().parent.parent / ".tools" / "uv" / "bin" / "uv"
        uv = str(project_uv) if project_uv.exists() else shutil.which("uv")
        if uv is None:
            raise LotseError("uv fehlt. Starten Sie einmal ./lotse start, es wird dabei eingerichtet.")
        done = subprocess.run(
            [uv, "pip", "install", "--python", sys.executable, "--no-deps", "--no-index", str(wheel)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise LotseError(f"Das Modell ließ sich nicht installieren: {done.stderr.strip()[-300:]}")
    return f"{GENUINE} ist installiert. Beim nächsten Start wird damit trainiert."
