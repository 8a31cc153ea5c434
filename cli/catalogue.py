"""The catalogue from the command line: filling it at the first start, and importing files."""

import base64
import hashlib
from pathlib import Path

import httpx

from core import learned
from core.errors import BadInput, LotseError, RecordsRejected
from core.settings import Settings
from katalog.importer import ImportResult, import_files
from katalog.own import own_files
from katalog.store import CatalogueStore, engine_for

SHIPPED = "mitgeliefert"
# Indexing 5,000 new services takes up to a minute; the import answers when they are served.
IMPORT_SECONDS = 120.0


def seed(settings: Settings) -> str:
    """Imports data/catalogue where it is new or has changed since the last start; gives a German line."""
    files = own_files()
    stamp = hashlib.sha256(b"".join(name.encode() + content for name, content in sorted(files.items()))).hexdigest()
    marker = settings.home / "catalogue.stamp"
    store = CatalogueStore(engine_for(settings))
    if marker.exists() and marker.read_text() == stamp and store.revision() > 0:
        return "unverändert"
    result = import_files(store, files, SHIPPED)
    marker.write_text(stamp)
    return f"{result.added} Datensätze neu, {result.updated} aufgefrischt"


def seed_learned(settings: Settings) -> None:
    """Puts the example questions of the live version into the catalogue, and takes others out, where that was not done yet."""
    files = learned.questions(learned.folder(settings))
    marker = _learned_marker(settings)
    known = marker.read_text() if marker.exists() else ""
    if known != _stamp(files):
        import_files(CatalogueStore(engine_for(settings)), files, learned.SOURCE, replace=True, force=True)
        marker.write_text(_stamp(files))


def import_learned(settings: Settings, catalogue_url: str) -> None:
    """The same through the running catalogue. Raises LotseError."""
    files = learned.questions(learned.folder(settings))
    _import(settings, catalogue_url, files, learned.SOURCE, replace=True, force=True)
    _learned_marker(settings).write_text(_stamp(files))


def _learned_marker(settings: Settings) -> Path:
    return settings.home / "gelernt.stamp"


def _stamp(files: dict[str, bytes]) -> str:
    """Empty for no files: a catalogue that never learned anything has no marker."""
    return hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest() if files else ""


def read_files(paths: list[Path]) -> dict[str, bytes]:
    """{name: content}. Raises BadInput for a file that cannot be read, and for two of the same name: one would be lost."""
    names = [path.name for path in paths]
    if len(set(names)) < len(names):
        raise BadInput("Zwei Dateien heißen gleich. Bitte benennen Sie eine davon um.")
    try:
        return {path.name: path.read_bytes() for path in paths}
    except OSError as error:
        raise BadInput(f"{error.filename} ist nicht lesbar: {error.strerror}") from error


def import_paths(
    settings: Settings, catalogue_url: str | None, paths: list[Path], herkunft: str, *, replace: bool, force: bool
) -> ImportResult:
    """Imports through the running catalogue, or directly on the state folder. Raises as ``importer.import_files``."""
    files = read_files(paths)
    if catalogue_url is None:
        return import_files(CatalogueStore(engine_for(settings)), files, herkunft, replace=replace, force=force)
    return _import(settings, catalogue_url, files, herkunft, replace=replace, force=force)


def _import(
    settings: Settings, catalogue_url: str, files: dict[str, bytes], herkunft: str, *, replace: bool, force: bool
) -> ImportResult:
    body = {
        "herkunft": herkunft, "ersetzen": replace, "erzwingen": force,
        "dateien": [{"name": name, "base64": base64.b64encode(content).decode()} for name, content in files.items()],
    }  # fmt: skip
    headers = {"Authorization": f"Bearer {settings.secret('catalogue_token')}"}
    try:
        answer = httpx.post(f"{catalogue_url}/katalog/v1/importe", json=body, headers=headers, timeout=IMPORT_SECONDS, trust_env=False)
    except httpx.HTTPError as error:
        raise LotseError(f"Der Katalog antwortet nicht ({type(error).__name__}). Bitte versuchen Sie es noch einmal.") from error
    if answer.status_code == 200:
        return ImportResult.model_validate_json(answer.content)
    told = answer.json()
    if told.get("rejected"):
        raise RecordsRejected([tuple(one) for one in told["rejected"]])
    raise LotseError(told["detail"])
