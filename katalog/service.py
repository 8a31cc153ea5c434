"""The running catalogue: one store, one served snapshot, one writer at a time."""

from threading import Lock

from core.settings import Settings
from katalog.applications.forms import folders, load
from katalog.importer import ImportResult, import_files
from katalog.snapshot import Snapshot, build
from katalog.store import CatalogueStore
from language.encoder import CachedEncoder


class CatalogueService:
    """Holds the snapshot that requests read. A change builds the next one beside it and swaps."""

    def __init__(self, store: CatalogueStore, encoder: CachedEncoder, settings: Settings) -> None:
        self._store = store
        self._encoder = encoder
        self._settings = settings
        self._changing = Lock()
        self.forms = load(folders(settings))
        self.token = settings.secret("catalogue_token")
        self.snapshot: Snapshot = self._built()

    def _built(self) -> Snapshot:
        snapshot = build(self._store, self._encoder, self._settings, self.forms)
        self._encoder.save()
        return snapshot

    def import_files(self, files: dict[str, bytes], herkunft: str, *, replace: bool, force: bool) -> ImportResult:
        """As ``importer.import_files``; when it returns, the new records are served."""
        with self._changing:
            result = import_files(self._store, files, herkunft, replace=replace, force=force)
            self.snapshot = self._built()
        return result
