"""One shape for every error of our HTTP APIs: problem details after RFC 9457."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from core.errors import LotseError

MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """RFC 9457: ``detail`` says what to do."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    rejected: list[list[str]] | None = None  # [where, why]: a tuple would be a schema that not every reader of OpenAPI knows
    fehler: list[dict[str, str]] | None = None
    vorgangsnummer: str | None = None


# As content and not as ``model``: FastAPI would document a model as application/json.
_CONTENT = {MEDIA_TYPE: {"schema": Problem.model_json_schema()}}
RESPONSES: dict[int | str, dict[str, Any]] = {
    "4XX": {"description": "Fehler der Anfrage", "content": _CONTENT},
    "5XX": {"description": "Fehler des Dienstes", "content": _CONTENT},
}


def problem(status: int, title: str, detail: str, **more: Any) -> JSONResponse:
    """The response for an error."""
    body = Problem(status=status, title=title, detail=detail, **more).model_dump(exclude_none=True)
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return JSONResponse(body, status, headers, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Maps the error tree, wrong requests and everything unexpected to problems."""

    @app.exception_handler(LotseError)
    async def _own(_: Request, error: LotseError) -> JSONResponse:
        return problem(error.status, error.title, str(error), **error.more())

    @app.exception_handler(RequestValidationError)
    async def _validation(_: Request, error: RequestValidationError) -> JSONResponse:
        # The input itself is not repeated: it may hold personal data.
        detail = "; ".join(f"{'.'.join(str(part) for part in e['loc'])}: {e['msg']}" for e in error.errors()[:3])
        return problem(422, "Anfrage passt nicht zum Schema", detail)

    @app.exception_handler(HTTPException)
    async def _http(_: Request, error: HTTPException) -> JSONResponse:
        response = problem(error.status_code, "Anfrage nicht möglich", str(error.detail))
        response.headers.update(error.headers or {})  # a 405 says which methods are allowed
        return response

    @app.exception_handler(Exception)
    async def _unexpected(_: Request, __: Exception) -> JSONResponse:
        return problem(500, "Interner Fehler", "Bitte versuchen Sie es später noch einmal.")
