"""ASGI entry points for uvicorn: settings from the environment, applications from the rooms."""

from fastapi import FastAPI

from core.logs import json_logs
from core.settings import Settings
from language.masking import mask_logs


def catalogue() -> FastAPI:
    """The catalogue API."""
    from katalog.app import create_app

    mask_logs()
    json_logs("catalogue")
    return create_app(Settings())


def web() -> FastAPI:
    """Everything that faces the outside on one machine: chat page, chat API, catalogue proxy."""
    from connectors.gateway.app import create_app

    mask_logs()
    json_logs("web")
    return create_app(Settings())
