"""Deletes what is too old, as long as the catalogue runs."""

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from katalog.applications.parts import Applications

logger = logging.getLogger(__name__)
# Drafts live for days: an hour more or less is nothing.
EVERY_SECONDS = 3600.0


async def clean(applications: Applications, seconds: float = EVERY_SECONDS) -> None:
    """At once and then every ``seconds``, until it is cancelled. A database that is away for a while does not end it."""
    while True:
        try:
            await run_in_threadpool(applications.forget)
        except SQLAlchemyError as error:
            logger.error("Löschen alter Anträge: %s", type(error).__name__)
        await asyncio.sleep(seconds)
