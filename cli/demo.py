"""``./lotse demo``: a messenger in the terminal, against a platform on this machine. No account, nothing leaves it."""

import asyncio
import secrets
import sys
import textwrap

from bench.platforms.messenger import LocalMessenger
from bench.platforms.platform import LocalPlatform, Shown
from bench.platforms.serving import served
from bench.platforms.telegram import LocalTelegram
from bench.platforms.whatsapp import LocalWhatsApp
from cli.processes import free_port
from cli.system import Tell, started
from core.channels import TITLES, Channel
from core.settings import Settings

Local = LocalTelegram | LocalWhatsApp | LocalMessenger
PERSON = {"telegram": "4711", "whatsapp": "491700000000", "messenger": "7001"}
NUMBER = "1065550001"
WIDTH = 78
# A turn that does not come by then will not come.
ANSWER_SECONDS = 60.0
# After the last message of an answer no other follows for this long.
QUIET_SECONDS = 1.0
FORMS = {"keyboard": "Knöpfe", "button": "Knöpfe", "list": "Liste „Auswählen“", "quick_replies": "Schnellantworten", "template": "Knöpfe"}


def demo(settings: Settings, tell: Tell, channel: Channel) -> None:
    """Type, see what arrives, press a choice by its number; Ctrl-D ends."""
    port, token, secret = free_port(), f"1:{secrets.token_hex(8)}", secrets.token_hex(16)
    address = f"http://127.0.0.1:{port}/webhook/{channel}"
    platform: Local
    if channel == "telegram":
        platform = LocalTelegram(address, token, secret)
    elif channel == "whatsapp":
        platform = LocalWhatsApp(address, token, secret, NUMBER)
    else:
        platform = LocalMessenger(address, token, secret)
    given = {"token": token, "secret": secret, **({} if channel == "telegram" else {"verify": secret})}
    with served(platform.app) as url:
        own = {f"{channel}_{name}": value for name, value in given.items()} | {f"{channel}_url": url, "port": port}
        own |= {"whatsapp_number": NUMBER} if channel == "whatsapp" else {}
        # A state folder of its own beside a system that may be running; the trained model is the same.
        place = {"home": settings.home / "demo", "cache": settings.cache_folder, "redis_url": None, "database_url": None}
        with started(Settings.model_validate(settings.model_dump() | own | place), tell):
            tell(f"\n{TITLES[channel]} auf diesem Rechner. Schreiben Sie; eine Zahl drückt den Knopf. Strg-D beendet.\n")
            offered: list[str] = []
            while (line := _line()) is not None:
                offered = _turn(platform, PERSON[channel], line, offered)


def _line() -> str | None:
    """One line that is not empty; None at the end."""
    while True:
        print("Sie> " if sys.stdin.isatty() else "", end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            return None
        if line.strip():
            return line.strip()


def _turn(platform: Local, person: str, line: str, offered: list[str]) -> list[str]:
    """Sends a line, shows what comes; the titles that are offered now."""
    before = len(platform.seen(person))
    if line.isdecimal() and 1 <= int(line) <= len(offered):
        asyncio.run(platform.press(person, offered[int(line) - 1]))
    else:
        asyncio.run(platform.say(person, line))
    asyncio.run(_quiet(platform, person, before))
    titles: list[str] = []
    for shown in platform.seen(person)[before:]:
        _print(shown, len(titles))
        titles += [title for title, _, _ in shown.options]
    return titles


async def _quiet(platform: LocalPlatform, person: str, before: int) -> None:
    await platform.until(lambda: len(platform.seen(person)) > before, ANSWER_SECONDS)
    count = 0
    while count < len(platform.seen(person)):
        count = len(platform.seen(person))
        await asyncio.sleep(QUIET_SECONDS)


def _print(shown: Shown, before: int) -> None:
    """A message in its frame; ``before``: choices numbered already."""
    print("  ┌" + "─" * WIDTH)
    for line in (part for whole in shown.text.splitlines() for part in textwrap.wrap(whole, WIDTH - 2) or [""]):
        print(f"  │ {line}")
    if shown.options:
        print(f"  ├─ {FORMS[shown.form]}")
    for number, (title, _, description) in enumerate(shown.options, before + 1):
        print(f"  │ [{number}] {title}" + (f" – {description}" if description else ""))
    print("  └" + "─" * WIDTH, flush=True)
