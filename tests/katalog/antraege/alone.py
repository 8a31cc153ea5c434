"""The applications in a process without the search, whose tables take 15 s to load: routes, log and database are the real ones."""

from desk import FORM, RECORD
from fastapi import FastAPI

from core import problem
from core.catalogue import Leistung
from core.logs import json_logs
from core.settings import Settings
from katalog.access import Access
from katalog.applications import inbox_routes, routes, status_page, upload_page
from katalog.applications.parts import Applications
from katalog.store import engine_for
from language.masking import mask_logs


def app() -> FastAPI:
    """For uvicorn."""
    mask_logs()
    json_logs("catalogue")
    settings, made = Settings(), FastAPI()
    problem.install(made)
    made.add_middleware(Access)
    for one in (routes, inbox_routes, status_page, upload_page):
        made.include_router(one.router)
    services = {kennung: Leistung.model_validate(RECORD | {"kennung": kennung}) for kennung in ("hund", "katze")}
    made.state.applications = Applications.open(engine_for(settings), settings, {"hund": FORM}, services.get)
    return made
