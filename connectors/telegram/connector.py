"""Telegram: updates in, messages out."""

import hmac
from collections.abc import Mapping
from typing import Any

from connectors.channel.errors import Later, Refused
from connectors.channel.http import Platform, fault, retry_after
from connectors.channel.incoming import Event, Incoming
from connectors.rendering.limits import TELEGRAM
from connectors.rendering.render import Outgoing
from connectors.telegram import updates
from core.channels import Channel
from core.settings import Settings

SECRET_HEADER = "x-telegram-bot-api-secret-token"
# Wrong tokens are mended by people, not within a second.
ACCESS_SECONDS = 15.0


class TelegramConnector:
    """One bot. ``rate``: the FAQ's 30 messages a second, with room for what is not a message."""

    name: Channel = "telegram"
    limits = TELEGRAM
    # The longest message with all its parts has some 20 kB.
    most_bytes = 256 * 1024
    rate = 25.0
    window: float | None = None

    def __init__(self, settings: Settings) -> None:
        self._secret = settings.credential("telegram", "secret")
        # The token is part of the address and must never be logged: we name the method only.
        self._api = Platform(f"{settings.telegram_url.rstrip('/')}/bot{settings.credential('telegram', 'token')}/")

    def admits(self, headers: Mapping[str, str]) -> bool:
        """The secret stands in a header: a body without it is not read at all."""
        return hmac.compare_digest(headers.get(SECRET_HEADER, "").encode("utf-8", "replace"), self._secret.encode())

    def signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Telegram signs no bodies."""
        return self.admits(headers)

    def handshake(self, query: Mapping[str, str]) -> str | None:
        """There is none."""
        return None

    def read(self, body: bytes) -> list[Event]:
        """The message of an update. Raises BadInput."""
        return updates.read(body)

    async def send(self, chat: str, message: Outgoing) -> None:
        """sendMessage. Raises Later, Refused."""
        content: dict[str, Any] = {"chat_id": int(chat), "text": message.text, "link_preview_options": {"is_disabled": True}}
        if message.options:
            rows = [[{"text": option.title, "callback_data": option.token}] for option in message.options]
            content["reply_markup"] = {"inline_keyboard": rows}
        await self.call("sendMessage", content)

    async def acknowledge(self, message: Incoming) -> None:
        """Ends the button's waiting sign, and shows that we write. Raises Later, Refused."""
        if message.receipt:
            await self.call("answerCallbackQuery", {"callback_query_id": message.receipt})
        await self.call("sendChatAction", {"chat_id": int(message.chat), "action": "typing"})

    async def call(self, method: str, content: dict[str, Any] | None = None) -> Any:
        """The result of a method. Raises Later, Refused."""
        response, told = await self._api.call("POST", method, content or {})
        if response.status_code == 200 and told.get("ok") is True:
            return told.get("result")
        status = response.status_code
        if status == 429:
            parameters = told.get("parameters")
            wait = parameters.get("retry_after") if isinstance(parameters, dict) else None
            raise Later("429", float(wait) if isinstance(wait, int) else retry_after(response))
        if status in (401, 404):
            raise Later(f"{status}: das Token gilt nicht", ACCESS_SECONDS)
        if status in (400, 403):
            raise Refused(f"{status} {_known(told.get('description'))}")
        raise fault(response)

    async def close(self) -> None:
        """Ends the pooled connections."""
        await self._api.close()


def _known(description: Any) -> str:
    """Telegram's description where it is one of those that say nothing about a person."""
    text = str(description)
    return next((one for one in ("bot was blocked by the user", "chat not found", "user is deactivated") if one in text), "abgelehnt")
