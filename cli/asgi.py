"""ASGI entry points for uvicorn: settings from the environment, applications from the rooms."""

import sys

from fastapi import FastAPI

from core.logs import json_logs
from core.settings import Settings
from language.masking import mask_logs


def catalogue() -> FastAPI:
    """The catalogue API."""
    from katalog.app import create_app

    # An index is built in a thread while others search: they get their turn after a millisecond instead of five. The slowest search
    # meanwhile took 0.3 s, now 0.2 s.
    sys.setswitchinterval(0.001)
    mask_logs()
    json_logs("catalogue")
    return create_app(Settings())


def web() -> FastAPI:
    """Everything that faces the outside on one machine: chat page, chat API, catalogue proxy, staff console."""
    from connectors.gateway.app import create_app
    from console.app import mount

    mask_logs()
    json_logs("web")
    settings = Settings()
    app = create_app(settings)
    mount(app, settings)
    return app
