"""Settings of the messengers. A channel is on when all its credentials are set, and off when none is."""

import re
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings

from core.errors import ConfigurationError

Channel = Literal["telegram", "whatsapp", "messenger"]
CREDENTIALS: dict[Channel, tuple[str, ...]] = {
    "telegram": ("token", "secret"),
    "whatsapp": ("token", "secret", "verify", "number"),
    "messenger": ("token", "secret", "verify"),
}
TITLES: dict[Channel, str] = {"telegram": "Telegram", "whatsapp": "WhatsApp", "messenger": "Messenger"}
_TELEGRAM_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class ChannelSettings(BaseSettings):
    """Raises ConfigurationError when a channel has some of its credentials only, or its token would travel unencrypted."""

    telegram_token: SecretStr | None = Field(None, description="Telegram: Token des Bots, von @BotFather")
    telegram_secret: SecretStr | None = Field(None, description="Telegram: selbst gewähltes Geheimnis, das jede Zustellung vorzeigt")
    telegram_url: str = Field("https://api.telegram.org", description="Telegram: Adresse der Bot-API")
    whatsapp_token: SecretStr | None = Field(None, description="WhatsApp: Zugriffstoken des Systembenutzers")
    whatsapp_secret: SecretStr | None = Field(None, description="WhatsApp: App-Geheimcode, mit dem Meta jede Zustellung unterschreibt")
    whatsapp_verify: SecretStr | None = Field(None, description="WhatsApp: selbst gewählter Bestätigungstoken für das Einrichten")
    whatsapp_number: str | None = Field(None, description="WhatsApp: Kennung der Telefonnummer (phone number ID), nicht die Nummer selbst")
    whatsapp_url: str = Field("https://graph.facebook.com/v23.0", description="WhatsApp: Adresse der Graph-API")
    messenger_token: SecretStr | None = Field(None, description="Messenger: Zugriffstoken der Facebook-Seite")
    messenger_secret: SecretStr | None = Field(None, description="Messenger: App-Geheimcode, mit dem Meta jede Zustellung unterschreibt")
    messenger_verify: SecretStr | None = Field(None, description="Messenger: selbst gewählter Bestätigungstoken für das Einrichten")
    messenger_url: str = Field("https://graph.facebook.com/v23.0", description="Messenger: Adresse der Graph-API")

    @model_validator(mode="after")
    def _channels_are_whole(self) -> "ChannelSettings":
        for channel, names in CREDENTIALS.items():
            missing = [name for name in names if not getattr(self, f"{channel}_{name}")]
            if missing and len(missing) < len(names):
                listed = ", ".join(f"LOTSE_{channel}_{name}".upper() for name in missing)
                raise ConfigurationError(f"{TITLES[channel]} ist nur zum Teil eingerichtet. Es fehlt: {listed} (docs/{channel}.md).")
            url = urlsplit(getattr(self, f"{channel}_url"))
            if url.scheme != "https" and url.hostname not in _LOOPBACK:
                raise ConfigurationError(f"LOTSE_{channel.upper()}_URL muss mit https:// beginnen: Sonst reist das Token offen.")
        secret = self.credential("telegram", "secret")
        if secret and not _TELEGRAM_SECRET.fullmatch(secret):
            raise ConfigurationError(
                "LOTSE_TELEGRAM_SECRET: 16 bis 256 Zeichen aus A–Z, a–z, 0–9, _ und -. Mehr nimmt Telegram nicht."
            )
        return self

    @property
    def channels(self) -> list[Channel]:
        """The messengers that are on."""
        return [channel for channel in CREDENTIALS if self.credential(channel, "token")]

    def credential(self, channel: Channel, name: str) -> str:
        """A credential's text; empty where it is not set."""
        value = getattr(self, f"{channel}_{name}")
        return value.get_secret_value() if isinstance(value, SecretStr) else value or ""
