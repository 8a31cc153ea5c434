"""The gateway's ASGI application."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from cryptography.fernet import InvalidToken
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from redis.exceptions import RedisError

from connectors.gateway import desk_routes, health, pages, proxy, routes, search
from connectors.gateway.bot import BotClient
from connectors.gateway.desk.texts import FILES, desk_texts
from connectors.gateway.headers import SecurityHeaders
from connectors.gateway.origins import Origins
from connectors.gateway.parts import build
from connectors.gateway.texts import texts
from connectors.web import page, script
from core import problem
from core.errors import NotFound, Unavailable
from core.settings import Settings


def create_app(settings: Settings, bot: BotClient | None = None) -> FastAPI:
    """The application; it connects when it is asked. ``bot`` is the seam for tests.

    Serve it without an access log: the address of an event stream may hold its token.
    """
    # httpx logs every address at INFO, with the citizen's question in it.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    parts = build(settings, bot)
    for language in FILES:
        desk_texts(language)
    texts()  # a broken file stops the start, not the first citizen

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        parts.worker.start()
        yield
        await parts.close()

    app = FastAPI(title="Amtslotse: Gespräch", version="1", lifespan=lifespan,
                  openapi_url="/api/v1/openapi.json", docs_url=None, redoc_url=None)  # fmt: skip
    app.state.parts = parts
    app.state.pages = page.Pages(settings)
    problem.install(app)
    app.add_middleware(Origins, allowed=settings.origins)
    app.add_middleware(SecurityHeaders)
    own = (routes.router, desk_routes.router, health.router, proxy.router, pages.router, search.router)
    for router in (*own, page.router(settings), script.router(settings)):
        app.include_router(router)
    app.mount("/static", page.static())

    @app.exception_handler(RedisError)
    async def _redis_away(_: Request, __: RedisError) -> JSONResponse:
        parts.metrics.failures.labels("redis").inc()
        return problem.problem(Unavailable.status, Unavailable.title, texts().nicht_erreichbar)

    @app.exception_handler(InvalidToken)
    async def _other_key(_: Request, __: InvalidToken) -> JSONResponse:
        # Sealed with an earlier key: nobody can read it any more, so the conversation is over.
        return problem.problem(NotFound.status, NotFound.title, texts().gespraech_beendet)

    return app
