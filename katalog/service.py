"""The running catalogue: one store, one served snapshot, one writer at a time."""

from threading import Lock

from core.settings import Settings
from katalog.applications.form_files import FormFiles
from katalog.applications.forms import Schema, folders
from katalog.importer import ImportResult, import_files
from katalog.snapshot import Snapshot, build
from katalog.store import CatalogueStore
from language.encoder import CachedEncoder

# The records and forms that a served snapshot was made of, and the snapshot.
Offered = tuple[Snapshot, dict[str, Schema], Snapshot]


class CatalogueService:
    """Holds the snapshot that requests read. A change builds the next one beside it and swaps."""

    def __init__(self, store: CatalogueStore, encoder: CachedEncoder, settings: Settings) -> None:
        self._store = store
        self._encoder = encoder
        self._settings = settings
        self._changing = Lock()
        self.forms = FormFiles(folders(settings))
        self.token = settings.secret("catalogue_token")
        self._offered: Offered | None = None
        self._records: Snapshot = self._built()

    def _built(self) -> Snapshot:
        snapshot = build(self._store, self._encoder, self._settings)
        self._encoder.save()
        return snapshot

    @property
    def snapshot(self) -> Snapshot:
        """What is served now: the records, each with whether there is a form for it."""
        records, forms = self._records, self.forms.fresh()
        offered = self._offered
        if offered is None or offered[0] is not records or offered[1] is not forms:
            self._offered = offered = (records, forms, records.offering(forms))
        return offered[2]

    def import_files(self, files: dict[str, bytes], herkunft: str, *, replace: bool, force: bool) -> ImportResult:
        """As ``importer.import_files``; when it returns, the new records are served."""
        with self._changing:
            result = import_files(self._store, files, herkunft, replace=replace, force=force)
            self._records = self._built()
        return result
