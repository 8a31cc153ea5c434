"""What a messenger has to be able to do: one folder each implements this."""

from collections.abc import Mapping
from typing import Protocol

from connectors.channel.incoming import Event, Incoming
from connectors.rendering.limits import Limits
from connectors.rendering.render import Outgoing
from core.channels import Channel


class Connector(Protocol):
    """One messenger. ``most_bytes``: of a delivery; ``rate``: messages a second that the platform takes from us; ``window``: seconds after
    a citizen's last message in which we may write, or None."""

    name: Channel
    limits: Limits
    most_bytes: int
    rate: float
    window: float | None

    def admits(self, headers: Mapping[str, str]) -> bool:
        """Whether a delivery with these headers is worth reading."""

    def signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether it comes from the platform; compared in constant time."""

    def handshake(self, query: Mapping[str, str]) -> str | None:
        """What to answer when the platform checks the address; None where the token is wrong or there is no such check."""

    def read(self, body: bytes) -> list[Event]:
        """What a delivery holds for us, in its order; nothing of what we did not ask for. Raises BadInput."""

    async def send(self, chat: str, message: Outgoing) -> None:
        """Sends one message. Raises Later, Refused."""

    async def acknowledge(self, message: Incoming) -> None:
        """Shows that the message was received and is being answered. Raises Later, Refused."""

    async def close(self) -> None:
        """Ends the pooled connections."""
