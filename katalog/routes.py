"""The catalogue's HTTP routes below ``/katalog/v1``. Handlers are plain functions: FastAPI runs them off the event loop."""

import base64
from typing import Annotated, Self

from fastapi import APIRouter, Body, Depends, Header, Path, Query, Request, Response
from pydantic import BaseModel, Field, model_validator
from starlette.datastructures import Headers

from core.catalogue import Auskunft, StelleAuskunft, Treffer
from core.errors import BadInput, NotFound
from core.problem import RESPONSES
from katalog.bearer import require
from katalog.importer import ImportResult
from katalog.schemas import Checklisten, Lebenslage, Lebenslagen, LeistungListe, StelleListe, Suchergebnis
from katalog.service import CatalogueService
from katalog.snapshot import Snapshot, page

router = APIRouter(prefix="/katalog/v1", responses=RESPONSES, tags=["Katalog"])


def _service(request: Request) -> CatalogueService:
    service: CatalogueService = request.app.state.service
    return service


Service = Annotated[CatalogueService, Depends(_service)]


class NotModified(Exception):
    """The caller's copy is still good (304)."""

    def __init__(self, etag: str) -> None:
        self.etag = etag


def _current(request: Request, response: Response, service: Service) -> Snapshot:
    snapshot = service.snapshot
    etag = f'"{snapshot.etag}"'
    known = Headers(scope=request.scope).get("if-none-match", "")
    if etag in (part.strip().removeprefix("W/") for part in known.split(",")) or known.strip() == "*":
        raise NotModified(etag)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    return snapshot


Current = Annotated[Snapshot, Depends(_current)]
Limit = Annotated[int, Query(ge=1, le=100, description="Einträge je Seite")]
After = Annotated[str | None, Query(max_length=80, description="Weiter nach dieser Kennung")]


@router.get("/suche", summary="Leistungen zu einer Frage in Alltagssprache finden")
def search(
    service: Service,
    q: Annotated[str, Query(max_length=3000, description="Frage oder Stichwort", examples=["Was kostet ein neuer Perso?"])],
    limit: Annotated[int, Query(ge=1, le=20, description="Höchste Zahl der Treffer")] = 5,
    leistung: Annotated[str | None, Query(max_length=80, description="Kennung der Leistung, über die schon gesprochen wird")] = None,
    checkliste: Annotated[str | None, Query(max_length=80, description="Kennung der Checkliste, die geöffnet wird")] = None,
    voll: Annotated[bool, Query(description="Auskunft zum ersten Treffer und zur genannten Leistung mitgeben")] = False,
) -> Suchergebnis:
    snapshot = service.snapshot
    found = snapshot.index.search(q, limit)
    plain = Suchergebnis(treffer=found.treffer, naechste=found.naechste, ohne_leistung=found.ohne_leistung)
    return snapshot.completed(plain, q, found.vektor, leistung, checkliste) if voll else plain


@router.get("/leistungen", summary="Alle Leistungen, seitenweise")
def services(
    snapshot: Current,
    nach: After = None,
    limit: Limit = 50,
    lebenslage: Annotated[str | None, Query(max_length=200)] = None,
    zustaendig: Annotated[str | None, Query(max_length=20)] = None,
) -> LeistungListe:
    chosen = [one for one in snapshot.leistungen.values() if lebenslage in (None, one.lebenslage) and zustaendig in (None, one.zustaendig)]
    items, more = page(chosen, nach, limit, "kennung")
    return LeistungListe(leistungen=items, weiter=more, gesamt=len(chosen))


@router.get("/leistungen/{kennung}", summary="Eine Leistung mit allen Angaben und ihrer Herkunft")
def service_by_id(kennung: Annotated[str, Path(examples=["personalausweis"])], snapshot: Current) -> Auskunft:
    found = snapshot.by_key(kennung)
    if found is None:
        raise NotFound(f"Keine Leistung mit der Kennung oder dem LeiKa-Schlüssel „{kennung[:80]}“.")
    return found


@router.get("/stellen", summary="Alle Stellen, seitenweise")
def offices(snapshot: Current, nach: After = None, limit: Limit = 50) -> StelleListe:
    items, more = page(list(snapshot.stellen.values()), nach, limit, "id")
    return StelleListe(stellen=items, weiter=more, gesamt=len(snapshot.stellen))


@router.get("/stellen/{kennung}", summary="Eine Stelle")
def office_by_id(kennung: Annotated[str, Path(examples=["buergercenter"])], snapshot: Current) -> StelleAuskunft:
    if kennung not in snapshot.stellen:
        raise NotFound(f"Keine Stelle mit der Kennung „{kennung[:80]}“.")
    return snapshot.stellen[kennung]


@router.get("/checklisten", summary="Checklisten zu Lebenslagen: was der Reihe nach ansteht")
def checklists(snapshot: Current) -> Checklisten:
    return Checklisten(checklisten=list(snapshot.checklisten.values()))


@router.get("/lebenslagen", summary="Lebenslagen mit ihren Leistungen")
def life_situations(snapshot: Current) -> Lebenslagen:
    grouped: dict[str, list[Treffer]] = {}
    for one in snapshot.leistungen.values():
        if one.lebenslage:
            grouped.setdefault(one.lebenslage, []).append(
                Treffer(id=one.kennung, schluessel=one.schluessel, titel=one.titel, kurz=one.kurz, score=1)
            )
    return Lebenslagen(lebenslagen=[Lebenslage(name=name, leistungen=grouped[name]) for name in sorted(grouped)])


class ImportFile(BaseModel):
    """One file of an import, content in base64 so that its bytes arrive as they are."""

    name: str = Field(max_length=200, examples=["kaiserslautern.jsonl"])
    base64: str


class ImportRequest(BaseModel):
    """Files of one import and the name of the source they come from."""

    herkunft: str = Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$", examples=["kaiserslautern"])
    dateien: list[ImportFile] = Field(max_length=100, description="Leer nur mit „ersetzen“ und „erzwingen“: alles fällt weg")
    ersetzen: bool = False
    erzwingen: bool = False

    @model_validator(mode="after")
    def _empty_only_to_take_out(self) -> Self:
        if not self.dateien and not (self.ersetzen and self.erzwingen):
            raise ValueError("Ohne Dateien gibt es nur etwas zu tun, wenn alles aus der Herkunft wegfallen soll: ersetzen und erzwingen.")
        return self


def _writer(service: Service, authorization: Annotated[str | None, Header()] = None) -> None:
    require(authorization, service.token, "Zum Schreiben im Katalog gehört der Kopf „Authorization: Bearer <LOTSE_CATALOGUE_TOKEN>“.")


@router.post("/importe", summary="Datensätze übernehmen: alle oder keinen", dependencies=[Depends(_writer)])
def import_records(service: Service, body: Annotated[ImportRequest, Body()]) -> ImportResult:
    try:
        files = {file.name: base64.b64decode(file.base64, validate=True) for file in body.dateien}
    except ValueError as error:
        raise BadInput("Eine Datei ist kein gültiges base64.") from error
    if len(files) < len(body.dateien):
        raise BadInput("Zwei Dateien heißen gleich. Bitte benennen Sie eine davon um.")
    return service.import_files(files, body.herkunft, replace=body.ersetzen, force=body.erzwingen)
