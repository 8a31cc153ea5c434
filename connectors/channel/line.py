"""One channel at work: deliveries come in, answers go out."""

from connectors.channel.connector import Connector
from connectors.channel.delivery import PATIENCE, PAUSES, Delivery
from connectors.channel.inbox import Inbox
from connectors.channel.incoming import Incoming
from connectors.channel.lanes import Lanes
from connectors.channel.letters import Letters
from connectors.channel.people import People
from connectors.channel.reception import Reception
from connectors.channel.stream import Entry, Stream
from connectors.gateway.outbox import STREAM
from connectors.gateway.parts import Parts

# Platforms deliver several at once: one that is a little late finds its place again.
HOLD_SECONDS = 0.2


class Line:
    """Of one connector, on the gateway's Redis."""

    def __init__(self, connector: Connector, gateway: Parts, pauses: tuple[float, ...] = PAUSES, patience: float = PATIENCE) -> None:
        store, vault, seconds, name = gateway.redis, gateway.vault, gateway.settings.session_minutes * 60, connector.name
        self.connector = connector
        self._metrics = gateway.metrics
        letters = self._letters = Letters(store, name, seconds)
        people = People(store, vault, gateway.store, name, seconds)
        self._inbox = Inbox(store, vault, name)
        self._reception = Reception(connector, gateway, people)
        delivery = Delivery(connector, gateway.store, store, vault, people, letters, gateway.metrics, seconds, pauses, patience)
        active = gateway.worker.active
        self._lanes = (
            Lanes(Stream(store, self._inbox.stream), active, self._inbox.place, self._receive, letters, HOLD_SECONDS),
            Lanes(Stream(store, STREAM.format(name)), active, delivery.place, delivery.deliver, letters),
        )

    async def take(self, body: bytes) -> None:
        """Takes a delivery in. Raises BadInput, Unavailable, RedisError."""
        events = self.connector.read(body)
        messages = [event for event in events if isinstance(event, Incoming)]
        new = await self._inbox.put(messages) if messages else 0
        self._metrics.received.labels(self.connector.name, "taken").inc(new)
        self._metrics.received.labels(self.connector.name, "repeated").inc(len(messages) - new)
        for event in events:
            if not isinstance(event, Incoming):
                self._metrics.sent.labels(self.connector.name, "refused").inc()
                await self._letters.add("", event.reason)

    async def _receive(self, entry: Entry) -> None:
        message = self._inbox.opened(entry)
        if message:
            await self._reception.receive(message)

    def start(self) -> None:
        """Begins to work, within the running event loop."""
        for lanes in self._lanes:
            lanes.start()

    async def stop(self) -> None:
        """Ends; what is not finished stays in Redis."""
        for lanes in self._lanes:
            await lanes.stop()
        await self.connector.close()
