"""What ``./lotse channel check`` looks at: credentials, the platform's answer, our address, the connection between both."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx

from connectors.channel.errors import Later, Refused
from connectors.messenger.connector import MessengerConnector
from connectors.telegram.connector import TelegramConnector
from connectors.whatsapp.connector import WhatsAppConnector
from core.channels import CREDENTIALS, TITLES, Channel
from core.errors import LotseError
from core.settings import Settings

# What we understand; Telegram sends nothing else.
UPDATES = ["message", "edited_message", "callback_query"]
NEEDED_FIELDS = {"messages", "messaging_postbacks"}
SECONDS = 4.5


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; ``next_step`` says what to do about it."""

    good: bool
    text: str
    next_step: str = ""


def webhook(settings: Settings, channel: Channel) -> str:
    """Where the platform reaches us."""
    return f"{settings.public_address}/webhook/{channel}"


async def check(settings: Settings, channel: Channel) -> AsyncIterator[Finding]:
    """Findings in the order in which a channel is set up; ends where the next would make no sense."""
    if channel not in settings.channels:
        names = ", ".join(f"LOTSE_{channel}_{name}".upper() for name in CREDENTIALS[channel])
        yield Finding(False, f"{TITLES[channel]} ist aus: Es sind keine Zugangsdaten gesetzt.", f"Setzen Sie {names} (docs/{channel}.md).")
        return
    yield Finding(True, "Die Zugangsdaten sind gesetzt.")
    try:
        asked = {"telegram": _telegram, "whatsapp": _whatsapp, "messenger": _messenger}[channel]
        findings = await asked(settings)
    except Later as error:
        access = "gilt nicht" in str(error)
        text = "nimmt das Token nicht an" if access else "antwortet nicht"
        step = f"Prüfen Sie LOTSE_{channel.upper()}_TOKEN." if access else "Prüfen Sie die Verbindung nach außen (Firewall, HTTPS_PROXY)."
        yield Finding(False, f"{TITLES[channel]} {text} ({error}).", step)
        return
    except Refused as error:
        yield Finding(False, f"{TITLES[channel]} lehnt die Anfrage ab ({error}).", f"Prüfen Sie die Zugangsdaten (docs/{channel}.md).")
        return
    yield findings[0]
    yield await _address(settings, channel)
    for finding in findings[1:]:
        yield finding


async def _address(settings: Settings, channel: Channel) -> Finding:
    """Whether our webhook answers at its public address."""
    url = webhook(settings, channel)
    if not settings.public_address.startswith("https://"):
        return Finding(False, f"Unsere Adresse ist {settings.public_address}. Von außen ist sie so nicht erreichbar.",
                       "Setzen Sie LOTSE_PUBLIC_URL auf die Adresse mit https://.")  # fmt: skip
    verify = settings.credential(channel, "verify") if "verify" in CREDENTIALS[channel] else ""
    query = {"hub.mode": "subscribe", "hub.challenge": "42", "hub.verify_token": verify}
    try:
        async with httpx.AsyncClient(timeout=SECONDS) as client:
            answer = await (client.post(url) if channel == "telegram" else client.get(url, params=query))
    except httpx.HTTPError as error:
        return Finding(False, f"{url} antwortet nicht ({type(error).__name__}).", "Läuft der Lotse? Leitet der Webserver /webhook/ weiter?")
    # Telegram's deliveries show the secret: without it we are refused, which proves that it is us.
    good = answer.status_code == 401 if channel == "telegram" else (answer.status_code, answer.text) == (200, "42")
    step = "" if good else "Läuft der Lotse mit diesen Zugangsdaten? Leitet der Webserver /webhook/ weiter?"
    return Finding(good, f"{url} {'antwortet' if good else f'antwortet falsch (Status {answer.status_code})'}.", step)


async def _telegram(settings: Settings) -> list[Finding]:
    connector = TelegramConnector(settings)
    try:
        me: dict[str, Any] = await connector.call("getMe")
        about: dict[str, Any] = await connector.call("getWebhookInfo")
    finally:
        await connector.close()
    findings = [Finding(True, f"Telegram nimmt das Token an. Der Bot heißt @{me['username']}.")]
    if about.get("url") != webhook(settings, "telegram"):
        where = f"an {about['url']}" if about.get("url") else "noch nirgends"
        return [*findings, Finding(False, f"Telegram stellt {where} zu.", "Verbinden: ./lotse channel connect telegram")]
    findings.append(Finding(True, "Telegram stellt an unsere Adresse zu."))
    if about.get("last_error_message"):
        step = f"Es warten {about.get('pending_update_count', 0)} Nachrichten. Telegram versucht es weiter, bis zu 24 Stunden lang."
        findings.append(Finding(False, f"Die letzte Zustellung ist gescheitert: {about['last_error_message']}", step))
    return findings


async def connect_telegram(settings: Settings) -> str:
    """Tells Telegram our address and the secret. Raises LotseError."""
    if "telegram" not in settings.channels:
        raise LotseError("Telegram ist aus: Es sind keine Zugangsdaten gesetzt (docs/telegram.md).")
    connector, url = TelegramConnector(settings), webhook(settings, "telegram")
    if not url.startswith("https://"):
        raise LotseError("Telegram stellt nur an eine Adresse mit https:// zu. Setzen Sie LOTSE_PUBLIC_URL.")
    content = {"url": url, "secret_token": settings.credential("telegram", "secret"), "allowed_updates": UPDATES}
    commands = [{"command": "start", "description": "Gespräch beginnen"}, {"command": "stopp", "description": "Gespräch löschen"}]
    try:
        await connector.call("setWebhook", content)
        await connector.call("setMyCommands", {"commands": commands})
    except (Later, Refused) as error:
        raise LotseError(f"Telegram hat die Adresse nicht angenommen ({error}). Prüfen: ./lotse channel check telegram") from None
    finally:
        await connector.close()
    return f"Verbunden: Telegram stellt jetzt an {url} zu."


async def _whatsapp(settings: Settings) -> list[Finding]:
    connector = WhatsAppConnector(settings)
    try:
        about = await connector.about()
    finally:
        await connector.close()
    number = f"{about.get('verified_name', '?')}, {about.get('display_phone_number', '?')}"
    return [Finding(True, f"WhatsApp nimmt das Token an. Die Nummer: {number}.")]


async def _messenger(settings: Settings) -> list[Finding]:
    connector = MessengerConnector(settings)
    try:
        about = await connector.about()
    finally:
        await connector.close()
    fields = {field for one in about.get("data", []) for field in one.get("subscribed_fields", [])}
    missing = ", ".join(sorted(NEEDED_FIELDS - fields))
    step = "Abonnieren Sie sie in den Webhook-Einstellungen der Seite (docs/messenger.md)." if missing else ""
    told = f"Die Seite meldet uns nicht: {missing}." if missing else "Die Seite meldet uns Nachrichten und Knöpfe."
    return [Finding(True, f"Meta nimmt das Token an. Die Seite heißt {about.get('name', '?')}."), Finding(not missing, told, step)]
