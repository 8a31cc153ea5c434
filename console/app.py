"""The console's ASGI application, mounted below ``/konsole``."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from console.access import own_password, people, sign_in, trail_page
from console.conversations import export_routes, list_routes, transcript_routes
from console.desk import page as desk_page
from console.desk import talk_page
from console.fence import Fence
from console.figures import routes as figures
from console.guard import MustChange, SignIn
from console.inbox import routes as inbox
from console.learning import routes as learning
from console.notices import page as notices_page
from console.pages import FOLDER
from console.parts import Console
from console.retention import inquiry
from console.retention import page as retention_page
from console.retention.job import DailyJob
from core.database import engine_for
from core.errors import BadInput, LotseError, NotFound
from core.settings import Settings

MOUNT = "/konsole"


def create_app(settings: Settings) -> FastAPI:
    """The application; its database is opened when it starts, off the event loop."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        console = await run_in_threadpool(lambda: Console.open(engine_for(settings, "konsole"), settings))
        app.state.console = console
        nightly = DailyJob(console.retention)
        nightly.start()
        console.conversations.start()
        console.collecting.start()
        yield
        await console.collecting.stop()
        await console.conversations.stop()
        await nightly.stop()
        console.job.stop()
        await console.catalogue.close()

    app = FastAPI(title="Amtslotse: Konsole", version="1", lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    app.add_middleware(Fence, settings=settings)
    staff = (sign_in, own_password, people, trail_page, retention_page, inquiry)
    conversations = (figures, export_routes, list_routes, transcript_routes)
    for one in (*staff, *conversations, inbox, learning, desk_page, talk_page, notices_page):
        app.include_router(one.router)
    app.mount("/static", StaticFiles(directory=FOLDER / "static"))
    _tell_errors(app)
    return app


def _tell_errors(app: FastAPI) -> None:
    """Every error becomes a page that says what to do, or the way to the page that comes first."""

    @app.exception_handler(SignIn)
    async def _sign_in(_: Request, missing: SignIn) -> Response:
        return RedirectResponse(f"{MOUNT}/anmelden" + (f"?zurueck={quote(missing.back, safe='')}" if missing.back else ""), 303)

    @app.exception_handler(MustChange)
    async def _must_change(_: Request, __: MustChange) -> Response:
        return RedirectResponse(f"{MOUNT}/passwort", 303)

    @app.exception_handler(LotseError)
    async def _refused(request: Request, error: LotseError) -> Response:
        return _page(request, error.status, error.title, str(error))

    @app.exception_handler(RequestValidationError)
    async def _not_understood(request: Request, __: RequestValidationError) -> Response:
        return _page(request, BadInput.status, BadInput.title, "Eine Angabe in der Adresse oder im Formular passt nicht.")

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        known = error.status_code == NotFound.status
        answer = _page(request, error.status_code, NotFound.title if known else "Anfrage nicht möglich",
                       "Diese Seite gibt es nicht." if known else "So kann diese Seite nicht aufgerufen werden.")  # fmt: skip
        answer.headers.update(error.headers or {})  # a 405 says which methods are allowed
        return answer

    @app.exception_handler(Exception)
    async def _unexpected(request: Request, __: Exception) -> Response:
        return _page(request, LotseError.status, LotseError.title, "Bitte versuchen Sie es später noch einmal.")


def _page(request: Request, status: int, title: str, text: str) -> Response:
    console: Console = request.app.state.console
    return console.pages.show(request, "fehler.html", getattr(request.state, "who", None), status, titel=title, text=text)


def mount(outer: FastAPI, settings: Settings) -> FastAPI:
    """The console below ``/konsole`` of another application, whose lifespan enters the console's: nobody else would."""
    console, own = create_app(settings), outer.router.lifespan_context

    @asynccontextmanager
    async def both(app: FastAPI) -> AsyncIterator[None]:
        async with own(app), console.router.lifespan_context(console):
            yield

    outer.router.lifespan_context = both
    outer.mount(MOUNT, console)
    return console
