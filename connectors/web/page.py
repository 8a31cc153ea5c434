"""The website's pages: made of templates, the same for everybody or with what the catalogue says."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.staticfiles import StaticFiles

from core.catalogue import Auskunft, Treffer
from core.settings import PROJECT, Settings

FOLDER = Path(__file__).parent
OFFERED = PROJECT / "data" / "responses" / "startseite.yml"
# Checked each time: a page that changed must not stand beside an old one.
FRESH = {"Cache-Control": "no-cache"}


def _stand(stand: str | None) -> str:
    """„2026-02-07“ as „07.02.2026“, „2026-02“ as „02/2026“: as the bot says it."""
    parts = list(reversed(stand.split("-"))) if stand else ["unbekannt"]
    return ("." if len(parts) == 3 else "/").join(parts)


def _euro(amount: float) -> str:
    return f"{amount:.2f} €".replace(".", ",").replace(",00 ", " ")


class Pages:
    """Renders; everything is escaped."""

    def __init__(self, settings: Settings) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._environment.globals.update(city=settings.city, demonstration=settings.demonstration)
        self._environment.filters.update(stand=_stand, euro=_euro)
        self._settings = settings

    def show(self, name: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page."""
        return HTMLResponse(self._environment.get_template(name).render(values), status, FRESH)

    def start(self) -> HTMLResponse:
        """``/``"""
        return self.show("startseite.html", **yaml.safe_load(OFFERED.read_text("utf-8")))

    def explained(self) -> HTMLResponse:
        """How the Lotse works, with what Art. 13 DSGVO asks for; what the city has to say is a setting."""
        settings = self._settings
        return self.show(
            "so_funktioniert_es.html", minuten=settings.session_minutes, antragstage=settings.application_days,
            verantwortlich=settings.controller, datenschutz=settings.data_protection_officer, aufsicht=settings.supervisory_authority,
        )  # fmt: skip

    def embedded(self) -> HTMLResponse:
        """The chat on a site that is not ours."""
        return self.show("einbettung.html", adresse=self._settings.public_address)

    def found(self, question: str, hits: list[Treffer], *, sure: bool = True, broken: bool = False) -> HTMLResponse:
        """The search and what it found. ``sure``: whether a service is meant at all."""
        return self.show("suche.html", 503 if broken else 200, frage=question, treffer=hits, sicher=sure, gestoert=broken)

    def service(self, found: Auskunft) -> HTMLResponse:
        """One service with all that is known of it, each with its source."""
        return self.show("leistung.html", l=found)


def router(settings: Settings) -> APIRouter:
    """The pages that are the same for everybody, rendered once."""
    pages = Pages(settings)
    routes = APIRouter(include_in_schema=False)
    for path, page in (("/", pages.start()), ("/so-funktioniert-es", pages.explained()), ("/einbettung", pages.embedded())):
        routes.add_api_route(path, _same(page), methods=["GET"])
    return routes


def _same(page: HTMLResponse) -> Any:
    async def shown() -> HTMLResponse:
        return HTMLResponse(page.body, headers=FRESH)

    return shown


@lru_cache(maxsize=1)
def away() -> str:
    """The page in place of one that the catalogue would serve."""
    return (FOLDER / "away.html").read_text("utf-8")


def static() -> StaticFiles:
    """Style and pictures, with ETag."""
    return StaticFiles(directory=FOLDER / "static")
