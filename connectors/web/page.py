"""Serves the chat page and its files."""

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


def static() -> StaticFiles:
    """Style and script, with ETag."""
    return StaticFiles(directory=FOLDER / "static")
