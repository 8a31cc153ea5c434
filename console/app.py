"""The console's ASGI application, mounted below ``/konsole``."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles

from console.access import sign_in
from console.guard import SignIn
from console.inbox import routes as inbox
from console.learning import routes as learning
from console.pages import FOLDER
from console.parts import Console
from core import problem
from core.database import engine_for
from core.errors import LotseError
from core.settings import Settings

MOUNT = "/konsole"


def create_app(settings: Settings) -> FastAPI:
    """The application; its database is opened when it starts, off the event loop."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        console = await run_in_threadpool(lambda: Console.open(engine_for(settings, "konsole"), settings))
        app.state.console = console
        collecting = asyncio.create_task(console.collecting.run())
        yield
        collecting.cancel()
        console.job.stop()
        await console.catalogue.close()

    app = FastAPI(title="Amtslotse: Konsole", version="1", lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    problem.install(app)
    for router in (sign_in.router, inbox.router, learning.router):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=FOLDER / "static"))

    @app.exception_handler(SignIn)
    async def _sign_in(_: Request, missing: SignIn) -> Response:
        return RedirectResponse(f"{MOUNT}/anmelden" + (f"?zurueck={quote(missing.back)}" if missing.back else ""), 303)

    @app.exception_handler(LotseError)
    async def _refused(request: Request, error: LotseError) -> HTMLResponse:
        console: Console = request.app.state.console
        return console.pages.show(request, "fehler.html", None, error.status, titel=error.title, text=str(error))

    return app


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
