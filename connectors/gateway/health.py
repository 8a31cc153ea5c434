"""Alive, ready, and the numbers."""

import asyncio
from typing import Annotated

import httpx
from fastapi import APIRouter, Depends, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST
from redis.exceptions import RedisError

from connectors.gateway.parts import Parts, parts
from connectors.gateway.schemas import Readiness

# A balancer asks every few seconds and does not wait longer.
SECONDS = 2.0

router = APIRouter(include_in_schema=False)
Gateway = Annotated[Parts, Depends(parts)]


async def _redis(gateway: Parts) -> bool:
    try:
        return bool(await gateway.redis.ping())
    except RedisError:
        return False


async def _answers(gateway: Parts, url: str) -> bool:
    try:
        async with asyncio.timeout(SECONDS):
            return (await gateway.http.get(url)).status_code == 200
    except (TimeoutError, httpx.HTTPError):
        return False


async def _bot(gateway: Parts) -> bool:
    try:
        async with asyncio.timeout(SECONDS):
            return await gateway.bot.ready()
    except TimeoutError:
        return False


async def readiness(gateway: Parts) -> Readiness:
    """Asks everything that an answer needs, at once."""
    settings = gateway.settings
    names = ("redis", "catalogue", "actions", "rasa")
    answers = await asyncio.gather(
        _redis(gateway),
        _answers(gateway, f"{settings.catalogue_url}/healthz"),
        _answers(gateway, f"{settings.actions_url}/healthz"),
        _bot(gateway),
    )
    missing = [name for name, answer in zip(names, answers, strict=True) if not answer]
    return Readiness(ready=not missing, missing=missing)


@router.get("/healthz")
async def alive() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/readyz")
async def ready(gateway: Gateway) -> JSONResponse:
    found = await readiness(gateway)
    return JSONResponse(found.model_dump(), 200 if found.ready else 503)


@router.get("/metrics")
async def metrics(gateway: Gateway) -> Response:
    return Response(gateway.metrics.text(), media_type=CONTENT_TYPE_LATEST)
