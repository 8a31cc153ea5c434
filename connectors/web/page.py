"""Serves the chat page and its files."""

from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.staticfiles import StaticFiles

from core.settings import Settings

FOLDER = Path(__file__).parent


def router(settings: Settings) -> APIRouter:
    """``/``, rendered once: it is the same for everybody."""
    environment = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
    content = environment.get_template("chat.html").render(
        city=settings.city, minutes=settings.session_minutes, demonstration=settings.demonstration
    )
    routes = APIRouter(include_in_schema=False)

    @routes.get("/")
    async def chat() -> HTMLResponse:
        return HTMLResponse(content, headers={"Cache-Control": "no-cache"})

    return routes


@lru_cache(maxsize=1)
def away() -> str:
    """The page in place of one that the catalogue would serve."""
    return (FOLDER / "away.html").read_text("utf-8")


def static() -> StaticFiles:
    """Style and script, with ETag."""
    return StaticFiles(directory=FOLDER / "static")
