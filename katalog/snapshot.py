"""The served version of the catalogue: immutable, swapped as a whole after a change."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from core.catalogue import Auskunft, Leistung, Stelle, StelleAuskunft
from core.checklist import Checkliste, ChecklisteAuskunft
from core.settings import Settings
from katalog.provenance import auskunft, checkliste_auskunft, stelle_auskunft
from katalog.schemas import Satz, Suchergebnis
from katalog.search import detail, learned, nothing
from katalog.search.events import LifeEvents, some_of
from katalog.search.index import SearchIndex
from katalog.search.kept import kept
from katalog.search.passages import PassageIndex
from katalog.store import CatalogueStore, Rows
from language.encoder import CachedEncoder, Vectors

# A city's checklist often begins with what only some need: parking space for the removal van.
NEAR_THE_START = 3


@dataclass(frozen=True)
class Snapshot:
    """Everything a request needs, of one revision. ``etag`` changes whenever any served content does."""

    revision: int
    etag: str
    leistungen: dict[str, Auskunft]
    stellen: dict[str, StelleAuskunft]
    checklisten: dict[str, ChecklisteAuskunft]
    index: SearchIndex
    events: LifeEvents
    passages: PassageIndex
    detail: detail.DetailQuestion
    encoder: CachedEncoder

    def beginning_with(self, leistung: str) -> ChecklisteAuskunft | None:
        """The checklist in which this service is one of the first three, if any: who asks for it may want to know the rest."""
        near = ((step, one) for one in reversed(self.checklisten.values()) for step in one.schritte[:NEAR_THE_START])
        begin = {step.leistung: one for step, one in near if step.einstieg}
        return begin.get(leistung)

    def by_key(self, key: str) -> Auskunft | None:
        """A service by catalogue id or LeiKa key."""
        found = self.leistungen.get(key)
        return found or next((one for one in self.leistungen.values() if one.schluessel == key), None)

    def offering(self, forms: Collection[str]) -> "Snapshot":
        """The same records, those of these ids with a form."""
        known = {key: one.model_copy(update={"antrag": key in forms}) for key, one in self.leistungen.items()}
        return replace(self, leistungen=known, etag=_digest(f"{self.etag} {sorted(forms)}".encode()))

    def completed(self, found: Suchergebnis, text: str, vector: Vectors, leistung: str | None, checkliste: str | None) -> Suchergebnis:
        """The result with all that an answer needs: facts, what the records say on a detail, and checklists."""
        first = self.leistungen[found.naechste[0].id] if found.naechste else None
        context = self.by_key(leistung) if leistung else None
        names = [self.passages.names[one.kennung] for one in (first, context) if one]
        asked = self.detail.probability(text, vector, frozenset().union(*names), self.encoder)
        more = {
            "auskunft": first,
            "kontext": context,
            "detail": asked,
            "saetze": self._said(text, vector, first),
            "kontext_saetze": self._said(text, vector, context),
            "checkliste": self.checklisten.get(checkliste or self.events.asked(text, vector) or ""),
            "verwandt": self.beginning_with(first.kennung) if first else None,
        }
        return found.model_copy(update=more)

    def _said(self, text: str, vector: Vectors, leistung: Auskunft | None) -> list[Satz]:
        found = self.passages.best(text, vector, leistung.kennung) if leistung else []
        return [
            Satz(feld=one.feld, position=one.position, text=one.text, sicher=round(sure, 4), herkunft=list(one.herkunft))
            for one, sure in found
        ]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:20]


def leistungen_of(rows: Rows) -> list[Leistung]:
    """The services of the store's rows with their example questions, ordered by id."""
    questions: dict[str, list[str]] = {}
    for row in rows["beispielfragen"]:
        questions.setdefault(row["id"], []).extend(row["record"]["beispielfragen"])
    leistungen = []
    for row in rows["leistung"]:
        one = Leistung.model_validate(row["record"])
        leistungen.append(one.model_copy(update={"beispielfragen": [*one.beispielfragen, *questions.get(one.kennung, [])]}))
    return leistungen


def build(store: CatalogueStore, encoder: CachedEncoder, settings: Settings) -> Snapshot:
    """Reads all records and builds the index; with known vectors 220 services take a few seconds."""
    revision, rows = store.all()
    leistungen, none = leistungen_of(rows), nothing.sentences()
    stellen = {row["id"]: Stelle.model_validate(row["record"]) for row in rows["stelle"]}
    content = json.dumps(rows, sort_keys=True, ensure_ascii=False).encode()
    known = {one.kennung: auskunft(one, stellen.get(one.stelle.ref or "")) for one in leistungen}
    checklists = [Checkliste.model_validate(row["record"]) for row in rows["checkliste"]]
    others = some_of([*(question for one in leistungen for question in one.beispielfragen), *none])
    snapshot = Snapshot(
        revision=revision,
        etag=_digest(content),
        leistungen=known,
        stellen={key: stelle_auskunft(one) for key, one in stellen.items()},
        checklisten={one.id: served for one in checklists if (served := checkliste_auskunft(one, known)).schritte},
        index=SearchIndex.build(leistungen, encoder, learned.load(settings, leistungen, none)),
        events=kept(settings, "lebenslagen", [rows["checkliste"], others], lambda: LifeEvents(checklists, others, encoder)),
        passages=PassageIndex(list(known.values()), encoder),
        detail=kept(settings, "detail", detail.learned_from(), lambda: detail.DetailQuestion(encoder)),
        encoder=encoder,
    )
    # Encoder and language tables are read at the first search, which takes 3 s: no citizen should wait for it.
    snapshot.index.search("Guten Tag, ich habe eine Frage")
    return snapshot


def page(items: list[Any], after: str | None, limit: int, key: str) -> tuple[list[Any], str | None]:
    """One page of ``items`` (sorted by ``key``) behind the id ``after``, and the id to go on from (None: the end)."""
    rest = [item for item in items if after is None or getattr(item, key) > after]
    return rest[:limit], getattr(rest[limit - 1], key) if len(rest) > limit else None
