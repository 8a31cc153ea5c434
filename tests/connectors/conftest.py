"""A real Redis, and a real gateway with a bot that the test controls."""

import contextlib
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import redis
from citizen import Citizen, begin
from fake_bot import FakeBot
from serving import served

from connectors.gateway.app import create_app
from connectors.gateway.bot import BotClient
from core.settings import Settings
from tests.throwaway_redis import running_redis

SECRET = "nur-zum-pruefen-0123456789-0123456789"


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_redis(tmp_path_factory.mktemp("r") / "s") as url:
        yield url


@pytest.fixture(scope="session")
def bot_server() -> Iterator[tuple[FakeBot, str]]:
    bot = FakeBot()
    with served(bot.app) as url:
        yield bot, url


@pytest.fixture(scope="session")
def session_settings(redis_url: str, bot_server: tuple[FakeBot, str], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Without limits; a test that is about limits sets its own."""
    url = bot_server[1]
    return Settings(
        home=tmp_path_factory.mktemp("home"), redis_url=redis_url, rasa_url=url, catalogue_url=url, actions_url=url,
        secret_key=SECRET, messages_per_minute=0, new_conversations_per_minute=0,
    )  # fmt: skip


@pytest.fixture(scope="session")
def gateway_url(session_settings: Settings) -> Iterator[str]:
    """A gateway that gives a bot that is gone one second to come back."""
    bot = BotClient(session_settings.rasa_url, deadline=0.6, patience=1.0)
    with served(create_app(session_settings, bot)) as url:
        yield url


@pytest.fixture
def bot(bot_server: tuple[FakeBot, str]) -> FakeBot:
    bot_server[0].reset()
    return bot_server[0]


@pytest.fixture
def settings(session_settings: Settings, bot: FakeBot) -> Settings:
    """With an empty Redis and a bot as new."""
    with contextlib.closing(redis.Redis.from_url(session_settings.redis_address)) as store:
        store.flushall()
    return session_settings


@pytest.fixture
def apart(settings: Settings) -> Settings:
    """For a gateway beside the session's one: a database of its own, or the other would take its messages out of the queue."""
    return settings.model_copy(update={"redis_url": f"{settings.redis_url}?db=1"})


@pytest.fixture
def store(settings: Settings) -> Iterator[redis.Redis]:
    """A look into Redis."""
    with contextlib.closing(redis.Redis.from_url(settings.redis_address)) as opened:
        yield opened


@pytest.fixture
async def http(settings: Settings, gateway_url: str) -> AsyncIterator[httpx.AsyncClient]:
    # verify=False: plain HTTP needs no certificates, and reading them takes 30 ms per test.
    async with httpx.AsyncClient(base_url=gateway_url, timeout=10, verify=False) as client:
        yield client


@pytest.fixture
async def citizen(http: httpx.AsyncClient) -> Citizen:
    return await begin(http)
