"""The page behind an upload link."""

from collections.abc import AsyncGenerator

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from core.errors import BadInput, Conflict, NotFound
from katalog.applications.access import Here, Shown
from katalog.applications.files import MOST_BYTES
from katalog.applications.pages import Pages
from katalog.applications.parts import Applications
from katalog.applications.texts import texts

# The form around the file: boundary, headers, the name.
MOST_BODY = MOST_BYTES + 64 * 1024
# What the gateway asks for in place of a body that it did not pass on.
TOO_LARGE = "zu_gross"

router = APIRouter(prefix="/anlagen", include_in_schema=False)


class _InMemory(MultiPartParser):
    """A file that is not sealed yet must not lie on the disk."""

    spool_max_size = MOST_BODY


@router.get("/{token}")
def form(here: Here, pages: Shown, token: str, fehler: str = "") -> Response:
    return _shown(here, pages, token, BadInput(texts().anlage.zu_gross) if fehler == TOO_LARGE else None)


@router.post("/{token}")
async def take(request: Request, here: Here, pages: Shown, token: str) -> Response:
    try:
        name, content = await _file(request)
        await run_in_threadpool(here.uploads.take, token, name, content)
    except (BadInput, NotFound, Conflict) as error:
        return await run_in_threadpool(_shown, here, pages, token, error)
    return RedirectResponse(request.url.path, 303, {"Cache-Control": "no-store"})


def _shown(here: Applications, pages: Pages, token: str, error: BadInput | NotFound | Conflict | None) -> Response:
    try:
        place = here.uploads.place(token)
    except Conflict:
        return pages.refused(Conflict(texts().anlage.abgesendet))
    except NotFound as gone:
        return pages.refused(gone)
    wrong = [{"feld": "datei", "text": str(error)}] if error else []
    return pages.show("anlage.html", error.status if error else 200, ort=place, fehler=wrong)


async def _file(request: Request) -> tuple[str, bytes]:
    """(name, content) of the file in the form. Raises BadInput."""

    async def limited() -> AsyncGenerator[bytes, None]:
        came = 0
        async for chunk in request.stream():
            came += len(chunk)
            if came > MOST_BODY:
                raise BadInput(texts().anlage.zu_gross)
            yield chunk

    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise BadInput(texts().anlage.nicht_angekommen)
    try:
        sent = await _InMemory(request.headers, limited(), max_files=1, max_fields=1, max_part_size=1024).parse()
    except MultiPartException:
        raise BadInput(texts().anlage.nicht_angekommen) from None
    file = sent.get("datei")
    if not isinstance(file, UploadFile) or not file.filename:
        raise BadInput(texts().anlage.keine_datei)
    return file.filename, await file.read()
