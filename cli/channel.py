"""``./lotse channel``: whether a messenger is set up, in plain words, and what to do next."""

import asyncio
from typing import Annotated

import typer

from core.channels import CREDENTIALS, TITLES, Channel
from core.errors import BadInput
from core.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Messenger: prüfen und verbinden.")
Name = Annotated[str, typer.Argument(help=", ".join(CREDENTIALS))]


@app.command()
def check(kanal: Name) -> None:
    """Prüft, ob ein Messenger eingerichtet ist, und sagt, was als Nächstes zu tun ist."""
    if not asyncio.run(_checked(Settings(), known(kanal))):
        raise typer.Exit(1)


@app.command()
def connect(kanal: Name) -> None:
    """Meldet unsere Adresse bei Telegram an. Bei WhatsApp und Messenger geschieht das auf Metas Seiten (docs)."""
    from cli import channel_checks

    if known(kanal) != "telegram":
        raise BadInput(f"{TITLES[known(kanal)]} verbinden Sie auf Metas Seiten, siehe docs/{kanal}.md. Dieser Befehl ist nur für Telegram.")
    print(asyncio.run(channel_checks.connect_telegram(Settings())))


def known(name: str) -> Channel:
    """The channel of this name. Raises BadInput."""
    found = next((one for one in CREDENTIALS if one == name), None)
    if found is None:
        raise BadInput(f"Unbekannter Kanal „{name}“. Es gibt: {', '.join(CREDENTIALS)}.")
    return found


async def _checked(settings: Settings, channel: Channel) -> bool:
    from cli import channel_checks

    good = True
    async for finding in channel_checks.check(settings, channel):
        print(f"{'✓' if finding.good else '✗'} {finding.text}")
        if finding.next_step:
            print(f"  → {finding.next_step}")
        good = good and finding.good
    print(f"{TITLES[channel]} ist bereit." if good else f"{TITLES[channel]} ist noch nicht bereit.")
    return good


def told(settings: Settings) -> str:
    """Which channels are on, in one line."""
    on = ", ".join(["Web", *(TITLES[channel] for channel in settings.channels)])
    off = ", ".join(title for channel, title in TITLES.items() if channel not in settings.channels)
    return f"Kanäle: {on}." + (f" Aus, weil Zugangsdaten fehlen: {off}." if off else "")
