"""The import: adds and updates by id, or replaces all that came from one source. All of it or nothing."""

from pydantic import BaseModel

from core.errors import RecordsRejected, ReplaceRefused
from katalog.records import read
from katalog.store import CatalogueStore

# Munich's indexer refuses an implausibly small new index; a fifth is more than a city ever closes at once.
MOST_DROPPED = 0.2


class ImportResult(BaseModel):
    """What an import did, by kind of record."""

    added: int = 0
    updated: int = 0
    dropped: int = 0
    revision: int = 0


def import_files(
    store: CatalogueStore, files: dict[str, bytes], herkunft: str, *, replace: bool = False, force: bool = False
) -> ImportResult:
    """Imports ``files`` ({name: content}). To replace by no file at all takes out everything that came from ``herkunft``.

    Raises RecordsRejected (nothing imported) if any record does not fit, ReplaceRefused if ``replace`` would drop more than
    a fifth of what came from ``herkunft`` and ``force`` is not set.
    """
    records, rejected = read(files)
    if rejected:
        raise RecordsRejected(rejected)
    result = ImportResult()
    with store.change() as change:
        for kind, by_id in records.items():
            if replace and (by_id or not files):
                old = change.ids(kind, herkunft)
                gone = old - set(by_id)
                if old and len(gone) / len(old) > MOST_DROPPED and not force:
                    raise ReplaceRefused(
                        f"{len(gone)} von {len(old)} Datensätzen ({kind}) aus „{herkunft}“ fielen weg. Wenn das stimmt: --force."
                    )
                change.drop(kind, gone, herkunft)
                result.dropped += len(gone)
            added, updated = change.put(kind, by_id, herkunft)
            result.added += added
            result.updated += updated
    result.revision = store.revision()
    return result
