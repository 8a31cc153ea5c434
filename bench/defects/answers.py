"""What the channel answers over HTTP when the turn has failed."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
from rasa.core.agent import Agent
from rasa.core.run import configure_app

from bench.defects.place import Side
from bench.own_redis import OwnRedis
from cli.processes import free_port

Ask = Callable[[Agent], Awaitable[str]]


@asynccontextmanager
async def served(side: Side) -> AsyncIterator[Ask]:
    """The channel over real HTTP: gives what it answers with this agent behind it, status and emptiness."""
    app, port = configure_app([side.channel], enable_api=False), free_port()
    server = await app.create_server("127.0.0.1", port, return_asyncio_server=True, access_log=False)
    await server.startup()
    await server.start_serving()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False) as http:

        async def ask(agent: Agent) -> str:
            app.ctx.agent = agent
            answer = await http.post(side.path, json={"sender": "ohne", "message": "Hallo", "message_id": "1"})
            return f"{answer.status_code}{' []' if answer.text == '[]' else ''}"

        yield ask
    server.close()
    await server.wait_closed()


async def without_redis(ask: Ask, side: Side, redis: OwnRedis) -> str:
    """The answer while Redis is away."""
    redis.kill()
    try:
        return await ask(side.agent)
    finally:
        redis.start()
