"""The real gateway with a scripted bot behind it, and windows of a browser on its pages."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from connectors.gateway.app import create_app
from connectors.gateway.bot import BotClient
from core.settings import Settings
from tests.connectors.fake_bot import FakeBot
from tests.connectors.serving import served
from tests.throwaway_redis import running_redis
from tests.web.scripted import scripted
from tests.web.website import FOREIGN_PORT, Seen, Site

# Light and dark, desktop and phone.
WINDOWS = {
    "light-wide": ("light", 1280, 900),
    "dark-wide": ("dark", 1280, 900),
    "light-phone": ("light", 390, 844),
    "dark-phone": ("dark", 390, 844),
}


@pytest.fixture(scope="session")
def running_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    bot = FakeBot()
    with ExitStack() as stack:
        redis = stack.enter_context(running_redis(tmp_path_factory.mktemp("w") / "s"))
        behind = stack.enter_context(served(bot.app))
        settings = Settings(
            home=tmp_path_factory.mktemp("web"), redis_url=redis, rasa_url=behind, catalogue_url=behind, actions_url=behind,
            messages_per_minute=0, new_conversations_per_minute=0, embed_origins=f"http://127.0.0.1:{FOREIGN_PORT}",
        )  # fmt: skip
        url = stack.enter_context(served(create_app(settings, BotClient(behind, deadline=8))))
        yield Site(url, bot, settings)


@pytest.fixture
def site(running_site: Site) -> Site:
    """With a bot as new."""
    running_site.bot.reset()
    running_site.bot.reply = scripted
    return running_site


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A desktop window's profile."""
    made = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=site.url)
    yield made
    made.close()


def watched(browser: Browser, site: Site, **options: Any) -> Iterator[Page]:
    """A page on the site; at the end nothing was written to its console and nothing asked of another host."""
    made = browser.new_context(base_url=site.url, **options)
    seen, page = Seen(), made.new_page()
    seen.watch(page)
    page.goto("/")
    yield page
    made.close()
    assert seen.errors == []
    assert seen.hosts == {site.url}


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """The site in a desktop window."""
    yield from watched(browser, site, viewport={"width": 1280, "height": 900})


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """The site on a narrow phone."""
    yield from watched(browser, site, viewport={"width": 320, "height": 640}, has_touch=True)


@pytest.fixture(params=WINDOWS)
def window(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    """The site in each of the windows."""
    scheme, width, height = WINDOWS[request.param]
    yield from watched(browser, site, viewport={"width": width, "height": height}, color_scheme=scheme)
