"""One messenger as a person has it, on a platform of this machine."""

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx
import redis
from fake_bot import FakeBot

from bench.platforms.messenger import LocalMessenger
from bench.platforms.platform import LocalPlatform
from bench.platforms.telegram import LocalTelegram
from bench.platforms.whatsapp import LocalWhatsApp
from core.settings import Settings

TOKEN, SECRET, VERIFY, NUMBER = "123456:lokal", "nur-zum-pruefen-0815", "bestaetigt", "1065550001"
CHANNELS = ("telegram", "whatsapp", "messenger")
PERSON = {"telegram": "4711", "whatsapp": "491700000001", "messenger": "7001"}


def platforms(web: str) -> dict[str, LocalPlatform]:
    """One of each, delivering to a gateway at ``web``."""
    return {
        "telegram": LocalTelegram(f"{web}/webhook/telegram", TOKEN, SECRET),
        "whatsapp": LocalWhatsApp(f"{web}/webhook/whatsapp", TOKEN, SECRET, NUMBER),
        "messenger": LocalMessenger(f"{web}/webhook/messenger", TOKEN, SECRET),
    }


def credentials(urls: dict[str, str]) -> dict[str, Any]:
    """The settings of all channels."""
    names = {"token": TOKEN, "secret": SECRET}
    given: dict[str, Any] = {f"{channel}_{name}": value for channel in urls for name, value in names.items()}
    given |= {f"{channel}_url": url for channel, url in urls.items()}
    return given | {"whatsapp_verify": VERIFY, "messenger_verify": VERIFY, "whatsapp_number": NUMBER}


@dataclass
class Line:
    """One channel as a person has it. ``say`` and ``press`` return the webhook's answers."""

    channel: str
    platform: Any
    settings: Settings
    bot: FakeBot
    store: redis.Redis
    url: str
    person: str

    async def say(self, text: str, times: int = 1) -> list[int]:
        return await self.platform.say(self.person, text, times)

    async def press(self, title: str, times: int = 1) -> list[int]:
        return await self.platform.press(self.person, title, times)

    async def seen(self, count: int, seconds: float = 10) -> list[str]:
        """The texts of all messages, once there are ``count``; and no more come."""
        await self.platform.until(lambda: len(self.platform.seen(self.person)) >= count, seconds)
        await asyncio.sleep(0.05)
        texts = [one.text for one in self.platform.seen(self.person)]
        assert len(texts) == count, texts
        return texts

    def said(self) -> list[str]:
        """What the bot was asked."""
        return [turn["message"] for turn in self.bot.turns]

    def letters(self) -> list[str]:
        """Why something was laid aside."""
        return [fields[b"grund"].decode() for _, fields in self.store.xrange("lotse:liegengeblieben")]

    async def count(self, metric: str, outcome: str) -> float:
        """A number of /metrics."""
        async with httpx.AsyncClient() as client:
            told = (await client.get(f"{self.url}/metrics")).text
        line = f'lotse_channel_{metric}_total{{channel="{self.channel}",outcome="{outcome}"}} '
        return next((float(one.removeprefix(line)) for one in told.splitlines() if one.startswith(line)), 0.0)
