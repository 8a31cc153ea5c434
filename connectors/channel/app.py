"""The messengers' webhooks on the gateway's address: ``/webhook/telegram``, ``/webhook/whatsapp``, ``/webhook/messenger``."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import PlainTextResponse, Response

from connectors.channel.connector import Connector
from connectors.channel.delivery import PATIENCE, PAUSES
from connectors.channel.line import Line
from connectors.channel.texts import texts
from connectors.gateway.body import read
from connectors.gateway.texts import texts as gateway_texts
from connectors.messenger.connector import MessengerConnector
from connectors.telegram.connector import TelegramConnector
from connectors.whatsapp.connector import WhatsAppConnector
from core.channels import Channel
from core.errors import BadInput, NotAllowed, NotFound
from core.settings import Settings


def connectors(settings: Settings) -> list[Connector]:
    """Those that have their credentials."""
    known: dict[Channel, Callable[[Settings], Connector]] = {
        "telegram": TelegramConnector,
        "whatsapp": WhatsAppConnector,
        "messenger": MessengerConnector,
    }
    return [known[channel](settings) for channel in settings.channels]


def mount(outer: FastAPI, settings: Settings, pauses: tuple[float, ...] = PAUSES, patience: float = PATIENCE) -> None:
    """The webhooks on the gateway's application, whose lifespan starts and ends the work behind them."""
    texts()  # a broken file stops the start, not the first citizen
    lines: dict[Channel, Line] = {one.name: Line(one, outer.state.parts, pauses, patience) for one in connectors(settings)}
    own = outer.router.lifespan_context

    @asynccontextmanager
    async def both(app: FastAPI) -> AsyncIterator[None]:
        async with own(app):
            for line in lines.values():
                line.start()
            yield
            for line in lines.values():
                await line.stop()

    outer.router.lifespan_context = both
    outer.include_router(_routes(outer, lines))


def _routes(outer: FastAPI, lines: dict[Channel, Line]) -> APIRouter:
    router = APIRouter(prefix="/webhook", include_in_schema=False)

    def line(channel: str) -> Line:
        found = next((one for name, one in lines.items() if name == channel), None)
        if found is None:
            raise NotFound(gateway_texts().kein_zugang)  # also for a channel that is off
        return found

    @router.get("/{channel}")
    async def handshake(request: Request, channel: str) -> Response:
        answer = line(channel).connector.handshake(request.query_params)
        if answer is None:
            raise NotAllowed(gateway_texts().kein_zugang)
        return PlainTextResponse(answer)

    @router.post("/{channel}")
    async def receive(request: Request, channel: str) -> Response:
        found = line(channel)
        connector, received = found.connector, outer.state.parts.metrics.received
        body = b"" if not connector.admits(request.headers) else await read(request, connector.most_bytes)
        if not connector.admits(request.headers) or not connector.signed(request.headers, body):
            received.labels(connector.name, "forged").inc()
            raise NotAllowed(gateway_texts().kein_zugang)
        try:
            await found.take(body)
        except BadInput:
            received.labels(connector.name, "unreadable").inc()
            raise
        return Response(status_code=200)

    return router
