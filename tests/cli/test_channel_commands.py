"""``./lotse channel``: each state of a channel is told in plain words, with what to do next."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from typer.testing import CliRunner

from bench.platforms.messenger import LocalMessenger
from bench.platforms.serving import served
from bench.platforms.telegram import LocalTelegram
from bench.platforms.whatsapp import LocalWhatsApp
from cli import channel
from cli.channel_checks import Finding, check, connect_telegram
from cli.training import environment
from core.errors import ConfigurationError, LotseError
from core.settings import Settings

pytestmark = pytest.mark.channels
GIVEN = {"token": "1:lokal", "secret": "nur-zum-pruefen-0815"}


@pytest.fixture(scope="module")
def platforms() -> Iterator[dict[str, tuple[Any, str]]]:
    made = {
        "telegram": LocalTelegram("", *GIVEN.values()),
        "whatsapp": LocalWhatsApp("", *GIVEN.values(), "1065550001"),
        "messenger": LocalMessenger("", *GIVEN.values()),
    }
    with served(made["telegram"].app) as one, served(made["whatsapp"].app) as two, served(made["messenger"].app) as three:
        yield {name: (platform, url) for (name, platform), url in zip(made.items(), (one, two, three), strict=True)}


def settings(platforms: dict[str, tuple[Any, str]], name: str, **more: Any) -> Settings:
    given = {f"{name}_{key}": value for key, value in GIVEN.items()} | {f"{name}_url": platforms[name][1]}
    given |= {} if name == "telegram" else {f"{name}_verify": "x"}
    given |= {"whatsapp_number": "1065550001"} if name == "whatsapp" else {}
    return Settings(**(given | more))


async def found(own: Settings, name: Any) -> list[Finding]:
    return [one async for one in check(own, name)]


@pytest.mark.parametrize("name", ["telegram", "whatsapp", "messenger"])
async def test_a_channel_that_is_off_says_what_to_set(name: Any) -> None:
    (only,) = await found(Settings(), name)
    assert not only.good
    assert f"LOTSE_{name.upper()}_TOKEN" in only.next_step
    assert f"docs/{name}.md" in only.next_step


@pytest.mark.parametrize("name", ["telegram", "whatsapp", "messenger"])
async def test_what_works_is_told_and_what_is_missing_says_how(platforms: Any, name: Any) -> None:
    findings = await found(settings(platforms, name), name)
    assert [one.good for one in findings[:3]] == [True, True, False]
    assert {"telegram": "@amtslotse_bot", "whatsapp": "+49 631", "messenger": "Amtslotse"}[name] in findings[1].text
    assert "LOTSE_PUBLIC_URL" in findings[2].next_step


@pytest.mark.parametrize("name", ["telegram", "whatsapp", "messenger"])
async def test_a_wrong_token_is_told_without_telling_it(platforms: Any, name: Any) -> None:
    findings = await found(settings(platforms, name, **{f"{name}_token": "9:falsch"}), name)
    assert not findings[-1].good
    assert f"LOTSE_{name.upper()}_TOKEN" in findings[-1].next_step
    assert "falsch" not in str(findings)


async def test_a_platform_that_is_away_is_told(platforms: Any) -> None:
    findings = await found(settings(platforms, "telegram", telegram_url="http://127.0.0.1:9"), "telegram")
    assert "antwortet nicht" in findings[-1].text


async def test_telegram_is_connected_and_then_delivers_to_us(platforms: Any) -> None:
    own = settings(platforms, "telegram", public_url="https://lotse.stadt.example")
    assert "./lotse channel connect telegram" in (await found(own, "telegram"))[-1].next_step
    assert "https://lotse.stadt.example/webhook/telegram" in await connect_telegram(own)
    assert platforms["telegram"][0].registered["secret_token"] == GIVEN["secret"]
    findings = await found(own, "telegram")
    assert (findings[-1].good, findings[-1].text) == (True, "Telegram stellt an unsere Adresse zu.")
    assert not findings[2].good  # nobody answers at this address


async def test_telegram_is_not_connected_without_https(platforms: Any) -> None:
    with pytest.raises(LotseError, match="LOTSE_PUBLIC_URL"):
        await connect_telegram(settings(platforms, "telegram"))


def test_the_command_prints_it_and_ends_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TOKEN", "SECRET"):
        monkeypatch.delenv(f"LOTSE_TELEGRAM_{name}", raising=False)
    done = CliRunner().invoke(channel.app, ["check", "telegram"])
    assert done.exit_code == 1
    assert "✗ Telegram ist aus" in done.output
    assert "noch nicht bereit" in done.output


def test_the_start_says_in_one_line_which_channels_are_on(platforms: Any) -> None:
    assert channel.told(Settings()) == "Kanäle: Web. Aus, weil Zugangsdaten fehlen: Telegram, WhatsApp, Messenger."
    assert channel.told(settings(platforms, "telegram")).startswith("Kanäle: Web, Telegram. Aus")


def test_wrong_credentials_stop_the_start_and_say_what_to_do() -> None:
    with pytest.raises(ConfigurationError, match="LOTSE_WHATSAPP_SECRET, LOTSE_WHATSAPP_VERIFY, LOTSE_WHATSAPP_NUMBER"):
        Settings(whatsapp_token="geheim")
    with pytest.raises(ConfigurationError, match="16 bis 256 Zeichen"):
        Settings(telegram_token="1:x", telegram_secret="zu kurz")
    with pytest.raises(ConfigurationError, match="https://"):
        Settings(telegram_url="http://telegram.example")


def test_the_processes_get_the_credentials_and_nobody_reads_them(platforms: Any) -> None:
    own = settings(platforms, "telegram")
    assert environment(own)["LOTSE_TELEGRAM_TOKEN"] == GIVEN["token"]
    assert GIVEN["token"] not in f"{own!r} {own.model_dump_json()}"
    assert asyncio.run(found(own, "telegram"))[0].good
