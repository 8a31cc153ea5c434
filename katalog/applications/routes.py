"""The routes below ``/antraege/v1``, for our own rooms only: the gateway passes none of them on."""

from typing import Annotated

from fastapi import APIRouter, Header, Path

from core.problem import RESPONSES
from katalog.applications.access import Here
from katalog.applications.schemas import (
    Absenden,
    Ausweis,
    Code,
    Entwurf,
    Formular,
    Fortsetzen,
    Hochladen,
    NeuerEntwurf,
    NeueWerte,
    Quittung,
    Vorgang,
)

router = APIRouter(prefix="/antraege/v1", responses=RESPONSES, include_in_schema=False)
Key = Annotated[str, Header(alias="Idempotency-Key", pattern=r"^[\x21-\x7e]{1,200}$")]
DraftId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,32}$")]


@router.get("/formulare")
def forms(here: Here) -> list[str]:
    return here.drafts.offered()


@router.get("/formulare/{leistung}")
def form(here: Here, leistung: str) -> Formular:
    return here.drafts.form(leistung)


@router.post("/entwuerfe", status_code=201)
def begin(here: Here, body: NeuerEntwurf, key: Key) -> Entwurf:
    return here.drafts.begin(body.leistung, body.gespraech, key)


@router.get("/entwuerfe/{draft}")
def draft(here: Here, draft: DraftId) -> Entwurf:
    return here.drafts.get(draft)


@router.put("/entwuerfe/{draft}/werte")
def put(here: Here, draft: DraftId, body: NeueWerte) -> Entwurf:
    return here.drafts.put(draft, body.werte, body.fassung)


@router.post("/entwuerfe/{draft}/code")
def pause(here: Here, draft: DraftId) -> Code:
    return here.codes.pause(draft)


@router.post("/entwuerfe/{draft}/anlagen/{feld}", status_code=201)
def upload_link(here: Here, draft: DraftId, feld: str) -> Hochladen:
    return Hochladen(url=here.uploads.link(draft, feld))


@router.post("/fortsetzen")
def resume(here: Here, body: Fortsetzen) -> Entwurf:
    return here.codes.resume(body.code, body.gespraech)


@router.post("/entwuerfe/{draft}/absenden", status_code=201)
def submit(here: Here, draft: DraftId, body: Absenden, key: Key) -> Quittung:
    return here.submission.submit(draft, body.fassung, key)


@router.delete("/entwuerfe/{draft}", status_code=204)
def delete(here: Here, draft: DraftId) -> None:
    here.drafts.delete(draft)


@router.post("/status")
def status(here: Here, body: Ausweis) -> Vorgang:
    return here.cases.status(body.vorgangsnummer, body.pin, body.gespraech)


@router.post("/zuruecknehmen")
def withdraw(here: Here, body: Ausweis) -> Vorgang:
    return here.cases.withdraw(body.vorgangsnummer, body.pin, body.gespraech)
