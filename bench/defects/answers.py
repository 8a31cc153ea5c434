"""What the channel answers over HTTP when the turn has failed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from rasa.core.agent import Agent
from rasa.core.channels.rest import RestInput
from rasa.core.run import configure_app

from bench.defects.place import Place
from bot.channel import LotseInput
from cli.processes import free_port

PATHS = ("/webhooks/rest/webhook", "/webhooks/lotse/webhook")
Pair = tuple[str, str]


@asynccontextmanager
async def served(place: Place) -> AsyncIterator["Doors"]:
    """Both channels over real HTTP."""
    app, port = configure_app([RestInput(), LotseInput()], enable_api=False), free_port()
    server = await app.create_server("127.0.0.1", port, return_asyncio_server=True, access_log=False)
    await server.startup()
    await server.start_serving()
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False) as http:
            yield Doors(app.ctx, http, place)
    finally:
        server.close()
        await server.wait_closed()


class Doors:
    """Asks both channels; the agent behind them is put there before each request."""

    def __init__(self, context: object, http: httpx.AsyncClient, place: Place) -> None:
        self._context = context
        self._http = http
        self._place = place

    async def without_model(self) -> Pair:
        """(stock, ours)"""
        return await self._ask(Agent(), PATHS[0]), await self._ask(Agent(), PATHS[1])

    async def without_redis(self) -> Pair:
        """(stock, ours)"""
        self._place.redis.kill()
        try:
            return await self._ask(self._place.stock, PATHS[0]), await self._ask(self._place.own, PATHS[1])
        finally:
            self._place.redis.start()

    async def _ask(self, agent: Agent, path: str) -> str:
        self._context.agent = agent  # type: ignore[attr-defined]
        answer = await self._http.post(path, json={"sender": "ohne", "message": "Hallo", "message_id": "1"})
        return f"{answer.status_code}{' []' if answer.text == '[]' else ''}"
