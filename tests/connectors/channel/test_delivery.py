"""Sending: again after a fault, once, in order; what can never arrive is laid aside with the reason."""

import asyncio
import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import redis
from fake_bot import FakeBot
from messenger_line import Line, credentials, platforms
from serving import free_port, served

from bench.platforms.telegram import LocalTelegram
from connectors.channel.errors import Later
from connectors.channel.http import Platform
from connectors.gateway.lease import KEY
from connectors.rendering.render import Outgoing
from connectors.telegram.connector import ACCESS_SECONDS, TelegramConnector
from connectors.whatsapp.connector import WhatsAppConnector
from core.settings import PROJECT, Settings

pytestmark = pytest.mark.channels


def order(line: Line, person: str) -> list[str]:
    return [one.text.removeprefix("Sie schrieben: ") for one in line.platform.seen(person)][1:]


async def test_a_platform_that_is_away_gets_everything_afterwards_once_and_in_order(line: Line) -> None:
    """Two hundred answers and a minute: ``./lotse bench channels``."""
    line.platform.down = True
    people = [f"{line.person}{number}" for number in range(10)]
    for number in range(3):
        for person in people:
            await line.platform.say(person, f"Frage {number}")
    await line.platform.until(lambda: len(line.bot.turns) == 30)
    await asyncio.sleep(0.5)
    assert not any(line.platform.seen(person) for person in people)
    line.platform.down = False
    await line.platform.until(lambda: sum(len(line.platform.seen(person)) for person in people) >= 40)
    await asyncio.sleep(0.1)
    assert [order(line, person) for person in people] == [[f"Frage {number}" for number in range(3)]] * 10
    assert line.letters() == []
    assert await line.count("sent", "again") > 0


async def test_a_limit_is_waited_for(line: Line) -> None:
    line.platform.most_a_second = 4
    line.platform.flood_seconds = 1
    for number in range(4):
        await line.say(f"Frage {number}")
    await line.seen(5)
    assert order(line, line.person) == [f"Frage {number}" for number in range(4)]
    assert line.letters() == []


async def test_somebody_who_has_blocked_us_is_left_in_peace(line: Line) -> None:
    await line.say("Hallo")
    await line.seen(2)
    line.platform.blocked.add(line.person)
    await line.say("Noch da?")
    await line.platform.until(lambda: len(line.letters()) == 1)
    calls = line.platform.calls
    await asyncio.sleep(0.4)
    assert line.platform.calls == calls
    reason = {"telegram": "403 bot was blocked by the user", "whatsapp": "131026", "messenger": "551"}[line.channel]
    assert reason in line.letters()[0]
    assert line.person not in line.letters()[0]
    assert await line.count("sent", "refused") >= 1


@pytest.mark.parametrize("line", ["whatsapp", "messenger"], indirect=True)
async def test_after_a_day_nothing_is_sent_any_more(line: Line) -> None:
    line.bot.seconds = 0.3
    await line.say("Hallo")
    line.platform.people.later = 25 * 3600
    await line.platform.until(lambda: len(line.letters()) >= 1)
    assert {"whatsapp": "131047", "messenger": "2018278"}[line.channel] in line.letters()[0]
    assert line.platform.seen(line.person) == []


async def test_an_answer_that_got_lost_is_sent_again_and_counted(line: Line) -> None:
    before = await line.count("sent", "doubled")
    line.platform.lost = 1
    await line.say("Hallo")
    notice, again, answer = await line.seen(3)
    assert notice == again
    assert answer == "Sie schrieben: Hallo"
    assert await line.count("sent", "doubled") == before + 1


@pytest.mark.parametrize("line", ["whatsapp"], indirect=True)
async def test_what_whatsapp_tells_later_is_laid_aside(line: Line) -> None:
    errors = [{"code": 131026, "title": "Message undeliverable", "message": f"to {line.person}"}]
    failed = {"id": "wamid.1", "status": "failed", "timestamp": "1", "recipient_id": line.person, "errors": errors}
    assert await line.platform.post(line.platform.changed(statuses=[failed])) == [200]
    assert line.letters() == ["whatsapp: 131026"]


@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
async def test_a_wrong_token_loses_nothing_and_is_told(line: Line, channel: str) -> None:
    wrong = line.settings.model_validate(line.settings.model_dump() | {f"{channel}_token": "9:falsch"})
    connector = {"telegram": TelegramConnector, "whatsapp": WhatsAppConnector}[channel](wrong)
    with pytest.raises(Later, match="gilt nicht") as refused:
        await connector.send("1", Outgoing("Hallo"))
    assert refused.value.seconds == ACCESS_SECONDS
    assert "falsch" not in str(refused.value)
    await connector.close()


async def test_a_platform_that_does_not_answer_is_given_up_in_time() -> None:
    platform = LocalTelegram("", "1:x", "s")
    platform.slow = 2
    with served(platform.app) as url:
        api = Platform(url, seconds=0.2)
        begun = time.monotonic()
        with pytest.raises(Later) as late:
            await api.call("POST", "/bot1:x/getMe", {})
        assert time.monotonic() - begun < 1
        assert late.value.doubtful
        await api.close()
    gone = Platform(f"http://127.0.0.1:{free_port()}")
    with pytest.raises(Later, match="ConnectError") as away:
        await gone.call("POST", "/x", {})
    assert not away.value.doubtful
    await gone.close()


def started(command: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as opened:
        return subprocess.Popen(command, env=environment, stdout=opened, stderr=opened)


def killed(process: subprocess.Popen[bytes], settings: Settings) -> None:
    """As a crash does it. That nobody works for six seconds then is tested in tests/connectors/test_queue.py, and left out here."""
    process.kill()
    process.wait()
    with redis.Redis.from_url(settings.redis_address) as store:
        store.delete(KEY)


@contextlib.asynccontextmanager
async def web(settings: Settings, port: int, folder: Path) -> AsyncIterator[subprocess.Popen[bytes]]:
    given = {f"LOTSE_{name}".upper(): str(value) for name, value in settings.model_dump(exclude_none=True).items()}
    given |= {f"LOTSE_{name}".upper(): value.get_secret_value() for name, value in settings if hasattr(value, "get_secret_value")}
    command = [sys.executable, "-m", "uvicorn", "--factory", "web_process:app", "--port", str(port), "--ws", "none", "--no-access-log"]
    path = f"{PROJECT}:{Path(__file__).parent}"
    process = started(command, os.environ | given | {"PYTHONPATH": path}, folder / "web.log")
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", verify=False) as client:
        while True:
            assert process.poll() is None, (folder / "web.log").read_text()[-2000:]
            with contextlib.suppress(httpx.HTTPError):
                if (await client.get("/healthz")).status_code == 200:
                    break
            await asyncio.sleep(0.05)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.faults
async def test_a_process_that_dies_between_answer_and_sending_loses_nothing(
    session_settings: Settings, bot: FakeBot, tmp_path: Path
) -> None:
    """Killed twice: with answers that wait for a platform that is away, and between the platform's 200 and our note of it."""
    port = free_port()
    platform = platforms(f"http://127.0.0.1:{port}")["telegram"]
    assert isinstance(platform, LocalTelegram)
    people = [str(9000 + number) for number in range(4)]
    with served(platform.app) as url:
        own = credentials({"telegram": url}) | dict.fromkeys(("whatsapp_verify", "whatsapp_number", "messenger_verify"))
        fresh = {"redis_url": f"{session_settings.redis_url}?db=4", "home": tmp_path}
        settings = Settings.model_validate(session_settings.model_dump() | fresh | own)
        async with web(settings, port, tmp_path) as first:
            platform.down = True
            for number in range(3):
                for person in people:
                    assert await platform.say(person, f"Frage {number}") == [200]
            await platform.until(lambda: len(bot.turns) >= 7)  # some are answered, some wait for the bot
            killed(first, settings)
        assert platform.shown == []
        async with web(settings, port, tmp_path) as second:
            platform.down, platform.lag = False, 5.0
            await platform.until(lambda: len(platform.shown) >= 1, 20)
            killed(second, settings)
        platform.lag = 0.0
        async with web(settings, port, tmp_path):
            await platform.until(lambda: all(len({one.text for one in platform.seen(person)}) == 4 for person in people), 30)
            async with httpx.AsyncClient(verify=False) as client:
                metrics = (await client.get(f"http://127.0.0.1:{port}/metrics")).text
    for person in people:
        texts = [one.text for one in platform.seen(person)]
        once = list(dict.fromkeys(texts))
        assert once[1:] == [f"Sie schrieben: Frage {number}" for number in range(3)]
        assert len(texts) - len(once) <= 1
    doubled = len(platform.shown) - 4 * len(people)
    assert doubled >= 1
    counted = re.search(r'lotse_channel_sent_total\{channel="telegram",outcome="doubled"\} (\d+)', metrics)
    assert counted
    assert doubled <= int(counted[1]) <= len(people), "what may be doubled is counted, and no more"
    assert len(bot.turns) <= 12 + 4  # a turn that ran when the process died is asked for again, under its own id
