"""The served version of the catalogue: immutable, swapped as a whole after a change."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from core.catalogue import Auskunft, Leistung, Stelle, StelleAuskunft
from katalog.provenance import auskunft, stelle_auskunft
from katalog.search.index import SearchIndex
from katalog.store import CatalogueStore
from language.encoder import CachedEncoder


@dataclass(frozen=True)
class Snapshot:
    """Everything a request needs, of one revision. ``etag`` changes whenever any served content does."""

    revision: int
    etag: str
    leistungen: dict[str, Auskunft]
    stellen: dict[str, StelleAuskunft]
    index: SearchIndex

    def by_key(self, key: str) -> Auskunft | None:
        """A service by catalogue id or LeiKa key."""
        found = self.leistungen.get(key)
        return found or next((one for one in self.leistungen.values() if one.schluessel == key), None)


def build(store: CatalogueStore, encoder: CachedEncoder) -> Snapshot:
    """Reads all records and builds the index; with known vectors 220 services take about a second."""
    revision, rows = store.all()
    questions: dict[str, list[str]] = {}
    for row in rows["beispielfragen"]:
        questions.setdefault(row["id"], []).extend(row["record"]["beispielfragen"])
    stellen = {row["id"]: Stelle.model_validate(row["record"]) for row in rows["stelle"]}
    leistungen = []
    for row in rows["leistung"]:
        one = Leistung.model_validate(row["record"])
        leistungen.append(one.model_copy(update={"beispielfragen": [*one.beispielfragen, *questions.get(one.kennung, [])]}))
    content = json.dumps(rows, sort_keys=True, ensure_ascii=False).encode()
    return Snapshot(
        revision=revision,
        etag=hashlib.sha256(content).hexdigest()[:20],
        leistungen={one.kennung: auskunft(one, stellen.get(one.stelle.ref or "")) for one in leistungen},
        stellen={key: stelle_auskunft(one) for key, one in stellen.items()},
        index=SearchIndex.build(leistungen, encoder),
    )


def page(items: list[Any], after: str | None, limit: int, key: str) -> tuple[list[Any], str | None]:
    """One page of ``items`` (sorted by ``key``) behind the id ``after``, and the id to go on from (None: the end)."""
    rest = [item for item in items if after is None or getattr(item, key) > after]
    return rest[:limit], getattr(rest[limit - 1], key) if len(rest) > limit else None
