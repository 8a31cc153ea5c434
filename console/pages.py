"""The console's pages: templates, in German, escaped. They work without script, which only makes them quicker."""

from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from console.person import Person
from console.texts import texts
from core.settings import Settings

FOLDER = Path(__file__).parent


class Pages:
    """Renders. Filters: ``moment`` (a moment as „29.11.2026, 14:05“), ``zahl`` (12.34 as „12,3“)."""

    def __init__(self, settings: Settings) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self._environment.globals.update(city=settings.city, demonstration=settings.demonstration, texte=texts())
        self._environment.filters.update(
            moment=lambda one: one.strftime("%d.%m.%Y, %H:%M") if one else "", zahl=lambda one: f"{one:.1f}".replace(".", ",")
        )

    def show(self, request: Request, name: str, who: Person | None, status: int = 200, **values: object) -> HTMLResponse:
        """A page; it belongs into no cache. The template knows ``who``, ``path`` and ``values``."""
        content = self._environment.get_template(name).render(values | {"who": who, "path": request.scope["path"]})
        return HTMLResponse(content, status, {"Cache-Control": "no-store"})
