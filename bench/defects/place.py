"""What the measures run on: a Redis of their own, and two agents with the same model."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.lock_store import RedisLockStore
from rasa.core.tracker_store import RedisTrackerStore
from rasa.utils.endpoints import EndpointConfig

import bot.lock_store
import bot.tracker_store
from bench.own_redis import OwnRedis
from bench.stock import ADDRESS
from bot.channel import fail_loudly


@dataclass(frozen=True)
class Place:
    """Everything a measure needs."""

    redis: OwnRedis
    texts: list[str]
    stock: Agent
    own: Agent

    def stock_locks(self) -> Any:
        """A new one, as another process has it."""
        return RedisLockStore(ADDRESS, self.redis.port)

    def own_locks(self) -> Any:
        """A new one, as another process has it."""
        return bot.lock_store.RedisLockStore()


def prepared(folder: Path, model: str, actions_url: str, texts: list[str]) -> Place:
    """Starts Redis and loads the model twice. Kill the Redis at the end."""
    own_redis = OwnRedis(folder)
    actions = EndpointConfig(url=f"{actions_url}/webhook")
    stock = Agent.load(
        model, tracker_store=RedisTrackerStore(None, ADDRESS, own_redis.port),
        lock_store=RedisLockStore(ADDRESS, own_redis.port), action_endpoint=actions,
    )  # fmt: skip
    own = Agent.load(
        model, tracker_store=bot.tracker_store.RedisTrackerStore(None), lock_store=bot.lock_store.RedisLockStore(), action_endpoint=actions
    )
    fail_loudly(own)
    return Place(own_redis, texts, stock, own)
