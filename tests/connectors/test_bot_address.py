"""Where the gateway asks: the bot that the supervisor has moved it to, and the setting's one otherwise."""

from pathlib import Path

import redis.asyncio
from redis import Redis

from cli.processes import embedded_redis
from cli.supervisor import Supervisor
from connectors.gateway.address import BotAddress, move
from core.settings import Settings

OLD, NEW = "http://127.0.0.1:1", "http://127.0.0.1:2"


async def test_a_move_counts_for_its_address_and_redis_may_go_away(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    supervisor = Supervisor([embedded_redis(settings)], {}, tmp_path / "logs", print)
    supervisor.start()
    try:
        store, ours = Redis.from_url(settings.redis_address), redis.asyncio.from_url(settings.redis_address)
        address, another = BotAddress(ours, OLD), BotAddress(ours, "http://127.0.0.1:3")
        assert await address.current() == OLD
        move(store, OLD, NEW)
        assert await address.current() == NEW
        assert await another.current() == "http://127.0.0.1:3"  # of an earlier start, with other ports
        supervisor.stop()
        assert await address.current() == NEW
        await ours.close(close_connection_pool=True)
        store.close()
    finally:
        supervisor.stop()
