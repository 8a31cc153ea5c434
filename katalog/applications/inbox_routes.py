"""The routes of the inbox, below ``/antraege/v1/postfach``: for ``./lotse postfach`` and other systems of the administration."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Header, Query, Response

from core.problem import RESPONSES
from katalog.applications.access import Here
from katalog.applications.document import pdf
from katalog.applications.inbox_schemas import Antrag, Ausfuhr, Eingang, NeuerStatus
from katalog.applications.schemas import Status, Vorgang

router = APIRouter(prefix="/antraege/v1/postfach", responses=RESPONSES, include_in_schema=False)
# Who does it, for the audit trail: told by a caller that knows the token.
Actor = Annotated[str, Header(alias="Lotse-Actor", pattern=r"^[\x21-\x7e]([\x20-\x7e]{0,98}[\x21-\x7e])?$")]
Referat = Annotated[str | None, Query(max_length=4000)]
Nach = Annotated[str | None, Query(max_length=20, description="Vorgangsnummer, hinter der die Seite beginnt")]


@router.get("")
def listed(here: Here, actor: Actor, referat: Referat = None, status: Status | None = None, nach: Nach = None) -> list[Eingang]:
    return here.inbox.listed(actor, referat, status, nach)


@router.get("/{number}")
def show(here: Here, actor: Actor, number: str) -> Antrag:
    return here.inbox.show(number, actor)


@router.get("/{number}/json")
def export(here: Here, actor: Actor, number: str) -> Ausfuhr:
    return here.inbox.export(number, actor)


@router.get("/{number}/pdf")
def document(here: Here, actor: Actor, number: str) -> Response:
    found = here.inbox.export(number, actor)
    return _file(f"{found.vorgangsnummer}.pdf", "application/pdf", pdf(found))


@router.get("/{number}/dateien/{id}")
def file(here: Here, actor: Actor, number: str, id: str) -> Response:
    found = here.inbox.file(number, id, actor)
    return _file(found.name, found.typ, found.inhalt)


@router.post("/{number}/status")
def decide(here: Here, actor: Actor, number: str, body: NeuerStatus) -> Vorgang:
    return here.inbox.decide(number, body.status, body.antwort, actor)


def _file(name: str, typ: str, content: bytes) -> Response:
    """To be saved and never to be opened in a browser's window."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type=typ, headers=headers)
