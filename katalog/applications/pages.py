"""The pages that citizens open in the browser, made of templates, without any script."""

from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from core.errors import LotseError
from core.settings import Settings
from katalog.applications.labels import moment, size

FOLDER = Path(__file__).with_name("templates")


class Pages:
    """Renders; everything is escaped."""

    def __init__(self, settings: Settings) -> None:
        self._environment = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
        self._environment.globals.update(city=settings.city, demonstration=settings.demonstration, fehler=[])
        self._environment.filters.update(moment=moment, size=size)

    def show(self, name: str, status: int = 200, **values: object) -> HTMLResponse:
        """A page; it belongs into no cache. ``fehler``: what is wrong, as [{"feld": id of the input or None, "text": …}]."""
        content = self._environment.get_template(name).render(values)
        return HTMLResponse(content, status, {"Cache-Control": "no-store"})

    def refused(self, error: LotseError, weiter: str | None = None) -> HTMLResponse:
        """The page that says why something is not possible. ``weiter``: where to begin again."""
        return self.show("hinweis.html", error.status, text=str(error), weiter=weiter)
