"""WhatsApp: deliveries in, messages out."""

from collections.abc import Mapping
from typing import Any

from connectors.channel.incoming import Event, Incoming
from connectors.channel.texts import texts
from connectors.meta import webhook
from connectors.meta.graph import Graph
from connectors.rendering.limits import WHATSAPP
from connectors.rendering.render import Outgoing
from connectors.whatsapp import deliveries
from core.channels import Channel
from core.settings import Settings


class WhatsAppConnector:
    """One number. ``rate``: the 80 messages a second of a new number, with room for read receipts."""

    name: Channel = "whatsapp"
    limits = WHATSAPP
    most_bytes = webhook.MOST_BYTES
    rate = 60.0
    window: float | None = 24 * 3600.0

    def __init__(self, settings: Settings) -> None:
        self._secret, self._verify = (settings.credential("whatsapp", name) for name in ("secret", "verify"))
        self._number = settings.whatsapp_number or ""
        self._graph = Graph(settings.whatsapp_url, settings.credential("whatsapp", "token"), self._secret)

    def admits(self, headers: Mapping[str, str]) -> bool:
        """Whether there is a signature at all."""
        return webhook.admits(headers)

    def signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether Meta has signed it with our app's secret."""
        return webhook.signed(self._secret, headers, body)

    def handshake(self, query: Mapping[str, str]) -> str | None:
        """Meta's check of the address."""
        return webhook.handshake(self._verify, query)

    def read(self, body: bytes) -> list[Event]:
        """Messages to our number. Raises BadInput."""
        return deliveries.read(body, self._number)

    async def send(self, chat: str, message: Outgoing) -> None:
        """A text, or an interactive message. Raises Later, Refused."""
        await self._graph.post(f"{self._number}/messages", _envelope(chat) | _content(message))

    async def acknowledge(self, message: Incoming) -> None:
        """Two blue ticks, and the sign that we write. Raises Later, Refused."""
        shown = {"messaging_product": "whatsapp", "status": "read", "message_id": message.receipt, "typing_indicator": {"type": "text"}}
        await self._graph.post(f"{self._number}/messages", shown)

    async def about(self) -> dict[str, Any]:
        """What Meta knows of the number. Raises Later, Refused."""
        return await self._graph.get(self._number, fields="display_phone_number,verified_name")

    async def close(self) -> None:
        """Ends the pooled connections."""
        await self._graph.close()


def _envelope(chat: str) -> dict[str, Any]:
    return {"messaging_product": "whatsapp", "recipient_type": "individual", "to": chat}


def _content(message: Outgoing) -> dict[str, Any]:
    if message.form is None:
        return {"type": "text", "text": {"body": message.text, "preview_url": False}}
    if message.form == "buttons":
        buttons = [{"type": "reply", "reply": {"id": option.token, "title": option.title}} for option in message.options]
        action: dict[str, Any] = {"buttons": buttons}
    else:
        rows = [
            {"id": option.token, "title": option.title, **({"description": option.description} if option.description else {})}
            for option in message.options
        ]
        action = {"button": texts().liste, "sections": [{"rows": rows}]}
    kind = "button" if message.form == "buttons" else "list"
    return {"type": "interactive", "interactive": {"type": kind, "body": {"text": message.text}, "action": action}}
