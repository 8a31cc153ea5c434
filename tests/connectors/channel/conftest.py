"""The gateway with its messengers, against local platforms and a bot that the test controls."""

import contextlib
import itertools
from collections.abc import Iterator
from typing import Any

import pytest
import redis
from fake_bot import FakeBot
from messenger_line import CHANNELS, PERSON, Line, credentials, platforms
from serving import free_port, served

from bench.platforms.platform import LocalPlatform
from connectors.channel.app import mount
from connectors.gateway.app import create_app
from connectors.gateway.bot import BotClient
from core.settings import Settings

NUMBERS = itertools.count(1000)


@pytest.fixture(scope="session")
def house(session_settings: Settings) -> Iterator[tuple[dict[str, LocalPlatform], str, Settings]]:
    """Platforms and a gateway of their own database, for the session."""
    with contextlib.ExitStack() as stack:
        port = free_port()
        web = f"http://127.0.0.1:{port}"
        found = platforms(web)
        urls = {name: stack.enter_context(served(one.app)) for name, one in found.items()}
        own = {"redis_url": f"{session_settings.redis_url}?db=3"} | credentials(urls)
        settings = Settings.model_validate(session_settings.model_dump() | own)
        app = create_app(settings, BotClient(settings.rasa_url, deadline=2.0, patience=1.0))
        mount(app, settings, pauses=(0.05, 0.1, 0.2), patience=6.0)
        stack.enter_context(served(app, port))
        yield found, web, settings


@pytest.fixture
def people() -> dict[str, str]:
    """Somebody new on each channel, so that no test sees another's messages."""
    number = next(NUMBERS)
    return {channel: f"{start}{number}" for channel, start in PERSON.items()}


@pytest.fixture(params=CHANNELS)
def line(request: pytest.FixtureRequest, house: Any, people: dict[str, str], bot: FakeBot) -> Iterator[Line]:
    """Each channel in turn, with platforms in good health."""
    found, web, settings = house
    platform = found[request.param]
    platform.down, platform.slow, platform.lag, platform.lost, platform.most_a_second = False, 0.0, 0.0, 0, 1000
    platform.people.later = 0.0
    platform.blocked.clear()
    with redis.Redis.from_url(settings.redis_address) as store:
        store.delete("lotse:liegengeblieben")
        yield Line(request.param, platform, settings, bot, store, web, people[request.param])
