"""One of the two: Rasa as it is, or with our stores and our channel. The same model and the same actions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel
from rasa.core.channels.rest import RestInput
from rasa.core.lock_store import InMemoryLockStore, RedisLockStore
from rasa.core.tracker_store import RedisTrackerStore
from rasa.utils.endpoints import EndpointConfig

from bench.own_redis import OwnRedis
from bench.stock import ADDRESS


@dataclass(frozen=True)
class Side:
    """``locks``: a new lock store, as another process has it. ``default_locks``: those of ``agent`` where nothing else is set up."""

    agent: Agent
    locks: Callable[[], Any]
    default_locks: Any
    channel: InputChannel
    path: str


def stock(redis: OwnRedis, model: str, actions_url: str) -> Side:
    """Nothing of ours but the components that the model names."""

    def locks() -> RedisLockStore:
        return RedisLockStore(ADDRESS, redis.port)

    store = RedisTrackerStore(None, ADDRESS, redis.port)
    agent = Agent.load(model, tracker_store=store, lock_store=locks(), action_endpoint=EndpointConfig(url=f"{actions_url}/webhook"))
    return Side(agent, locks, InMemoryLockStore(), RestInput(), "/webhooks/rest/webhook")


def own(_: OwnRedis, model: str, actions_url: str) -> Side:
    """Ours. Imported here: our channel changes Rasa for the whole process."""
    from bot.channel import LotseInput, fail_loudly
    from bot.lock_store import RedisLockStore as OwnLockStore
    from bot.tracker_store import RedisTrackerStore as OwnTrackerStore

    store, locks = OwnTrackerStore(None), OwnLockStore()
    agent = Agent.load(model, tracker_store=store, lock_store=locks, action_endpoint=EndpointConfig(url=f"{actions_url}/webhook"))
    fail_loudly(agent)
    return Side(agent, OwnLockStore, locks, LotseInput(), "/webhooks/lotse/webhook")


SIDES = {"rasa": stock, "amtslotse": own}
