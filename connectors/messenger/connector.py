"""Messenger: deliveries in, messages out."""

from collections.abc import Mapping
from typing import Any

from connectors.channel.incoming import Event, Incoming
from connectors.messenger import deliveries
from connectors.meta import webhook
from connectors.meta.graph import Graph
from connectors.rendering.limits import MESSENGER
from connectors.rendering.render import Outgoing
from core.channels import Channel
from core.settings import Settings


class MessengerConnector:
    """One page. ``rate``: far below the 300 calls a second of the Send API."""

    name: Channel = "messenger"
    limits = MESSENGER
    most_bytes = webhook.MOST_BYTES
    rate = 100.0
    window: float | None = 24 * 3600.0

    def __init__(self, settings: Settings) -> None:
        self._secret, self._verify = (settings.credential("messenger", name) for name in ("secret", "verify"))
        self._graph = Graph(settings.messenger_url, settings.credential("messenger", "token"), self._secret)

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
        """Messages to our page. Raises BadInput."""
        return deliveries.read(body)

    async def send(self, chat: str, message: Outgoing) -> None:
        """A text with quick replies, or a template with buttons. Raises Later, Refused."""
        content = {"recipient": {"id": chat}, "messaging_type": "RESPONSE", "message": _content(message)}
        await self._graph.post("me/messages", content)

    async def acknowledge(self, message: Incoming) -> None:
        """Shows that we write. Raises Later, Refused."""
        await self._graph.post("me/messages", {"recipient": {"id": message.chat}, "sender_action": "typing_on"})

    async def about(self) -> dict[str, Any]:
        """The page, and which events it sends. Raises Later, Refused."""
        return await self._graph.get("me", fields="name") | await self._graph.get("me/subscribed_apps")

    async def close(self) -> None:
        """Ends the pooled connections."""
        await self._graph.close()


def _content(message: Outgoing) -> dict[str, Any]:
    if message.form is None:
        return {"text": message.text}
    if message.form == "template":
        buttons = [{"type": "postback", "title": option.title, "payload": option.token} for option in message.options]
        return {"attachment": {"type": "template", "payload": {"template_type": "button", "text": message.text, "buttons": buttons}}}
    replies = [{"content_type": "text", "title": option.title, "payload": option.token} for option in message.options]
    return {"text": message.text, "quick_replies": replies}
