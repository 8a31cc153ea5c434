"""The gateway with its messengers as a process of its own, to be killed: settings from the environment."""

from fastapi import FastAPI

from connectors.channel.app import mount
from connectors.gateway.app import create_app
from core.settings import Settings


def app() -> FastAPI:
    settings = Settings()
    made = create_app(settings)
    mount(made, settings)
    return made
