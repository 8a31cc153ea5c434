"""The catalogue's ASGI application."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

from core import problem
from core.settings import Settings
from katalog.access import Access
from katalog.applications import inbox_routes, status_page, upload_page
from katalog.applications import routes as applications
from katalog.applications.cleaning import clean
from katalog.applications.parts import Applications
from katalog.routes import NotModified, router
from katalog.service import CatalogueService
from katalog.store import CatalogueStore, engine_for
from language.encoder import CachedEncoder


def open_service(settings: Settings) -> tuple[CatalogueService, Applications]:
    """The catalogue and its applications, on the state folder or the database of the settings."""
    engine = engine_for(settings)
    service = CatalogueService(CatalogueStore(engine), CachedEncoder.open(settings.cache_folder, "catalogue"), settings)
    return service, Applications.open(engine, settings, service.forms, lambda kennung: service.snapshot.leistungen.get(kennung))


def create_app(settings: Settings) -> FastAPI:
    """The application; its service is opened when it starts, off the event loop."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.service, app.state.applications = await run_in_threadpool(open_service, settings)
        cleaning = asyncio.create_task(clean(app.state.applications))
        yield
        cleaning.cancel()

    app = FastAPI(title="Amtslotse: Leistungskatalog", version="1", lifespan=lifespan,
                  openapi_url="/katalog/v1/openapi.json", docs_url=None, redoc_url=None)  # fmt: skip
    problem.install(app)
    app.add_middleware(Access)
    for one in (router, applications.router, inbox_routes.router, status_page.router, upload_page.router):
        app.include_router(one)

    @app.exception_handler(NotModified)
    async def _not_modified(_: Request, unchanged: NotModified) -> Response:
        return Response(status_code=304, headers={"ETag": unchanged.etag})

    @app.get("/healthz", include_in_schema=False)
    async def alive() -> dict[str, str]:
        return {"status": "ok"}

    return app
