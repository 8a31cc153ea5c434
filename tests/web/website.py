"""The website of the widget's tests, and what a window did on it."""

from dataclasses import dataclass, field

from playwright.sync_api import Page

from core.settings import Settings
from tests.connectors.fake_bot import FakeBot
from tests.connectors.serving import free_port

# The foreign site that may embed the chat.
FOREIGN_PORT = free_port()


@dataclass
class Site:
    """The website, and the bot that answers on it."""

    url: str
    bot: FakeBot
    settings: Settings

    def asked(self) -> list[str]:
        """What reached the bot, in its order."""
        return [turn["message"] for turn in self.bot.turns]


@dataclass
class Seen:
    """What a window did beside what it showed."""

    errors: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def watch(self, page: Page) -> None:
        """From now on."""
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda made: self.hosts.add("/".join(made.url.split("/")[:3])))
