"""Conversations in Redis: each turn appends its new events, encrypted, and all of them expire with the session.

Stock RedisTrackerStore writes the whole tracker each turn, in clear, without timeouts, from inside the event loop.
"""

import json
from typing import Any

import redis.asyncio as redis
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff

from core.settings import Settings
from core.vault import Vault

KEY = "lotse:tracker:{}"


class RedisTrackerStore(TrackerStore):
    """Fails loudly: an unreachable Redis raises within 2 s and the turn is not answered as if it were kept."""

    def __init__(self, domain: Domain | None, event_broker: EventBroker | None = None, **_: Any) -> None:
        super().__init__(domain, event_broker)
        settings = Settings()
        # A restarted Redis closes the pooled connections: the next command opens a new one instead of failing.
        retry = {"retry": Retry(ExponentialBackoff(cap=0.5, base=0.05), 3), "retry_on_error": [redis.ConnectionError]}
        self._redis = redis.from_url(settings.redis_address, socket_timeout=1, socket_connect_timeout=1, **retry)
        self._vault = Vault(settings.secret("secret_key"))
        # A little longer than the session, so that its last message still finds its topic.
        self._seconds = settings.session_minutes * 60 + 60

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Appends the events that are not stored yet, as one sealed entry."""
        stored = getattr(tracker, "stored_events", 0)
        new = [event.as_dict() for event in list(tracker.events)[stored:]]
        if not new:
            return
        key = KEY.format(tracker.sender_id)
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.rpush(key, self._vault.seal(json.dumps(new).encode()))
            pipe.expire(key, self._seconds)
            await pipe.execute()
        tracker.stored_events = len(tracker.events)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation with its slots, or None where there is none."""
        entries = await self._redis.lrange(KEY.format(sender_id), 0, -1)
        if not entries:
            return None
        events = [Event.from_parameters(one) for entry in entries for one in json.loads(self._vault.open(entry))]
        tracker = DialogueStateTracker.from_events(sender_id, [event for event in events if event], self.domain.slots)
        tracker.stored_events = len(tracker.events)
        return tracker

    async def keys(self) -> list[str]:
        """Ids of all conversations kept."""
        prefix = KEY.format("")
        return [key.decode().removeprefix(prefix) async for key in self._redis.scan_iter(KEY.format("*"))]
