"""Conversations in Redis: each turn appends its new events and its answer in one transaction, sealed, and all of it expires.

Stock RedisTrackerStore writes and reads the whole tracker each turn, in clear, without timeouts, from inside the event loop:
turn 150 takes eight times as long as turn 10.
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

from bot.turn import NoAnswer, RunningTurn, current
from core.settings import Settings
from core.vault import Vault

KEY = "lotse:tracker:{}"
SLOTS = KEY + ":slots"
# A hash by message id.
ANSWERS = KEY + ":antworten"
# What the actions look back on is the last answer and the message before it; slots keep everything else.
TURNS = 6
# Rasa's own notes on a message that nothing reads again.
NOT_KEPT = ("response_selector", "text_tokens")


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
        """Appends the events that are not stored yet, with the slots and the turn's answer. Raises NoAnswer, RedisError."""
        stored = getattr(tracker, "stored_events", 0)
        new = [_slim(event.as_dict()) for event in list(tracker.events)[stored:]]
        if not new:
            return
        turn, name = current(), tracker.sender_id
        answer = None if turn is None else self._sealed(_answer(turn))
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.rpush(KEY.format(name), self._sealed(new))
            pipe.ltrim(KEY.format(name), -TURNS, -1)
            pipe.expire(KEY.format(name), self._seconds)
            pipe.set(SLOTS.format(name), self._sealed(tracker.current_slot_values()), ex=self._seconds)
            if turn is not None:
                pipe.hset(ANSWERS.format(name), turn.message_id, answer)
                pipe.expire(ANSWERS.format(name), self._seconds)
            await pipe.execute()
        tracker.stored_events = len(tracker.events)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The last turns of the conversation with all its slots, or None where there is none."""
        # Two commands and no transaction, which redis-py does not try again; the conversation's lock keeps them together.
        entries = await self._redis.lrange(KEY.format(sender_id), 0, -1)
        slots = await self._redis.get(SLOTS.format(sender_id))
        if not entries or slots is None:
            return None
        events = [Event.from_parameters(one) for entry in entries for one in self._opened(entry)]
        tracker = DialogueStateTracker.from_events(sender_id, [event for event in events if event], self.domain.slots)
        known = self._opened(slots)
        for slot in tracker.slots.values():
            # What was set in turns that are no longer kept.
            slot.value = known.get(slot.name)
        tracker.stored_events = len(tracker.events)
        return tracker

    async def answer(self, sender_id: str, message_id: str) -> dict[str, Any] | None:
        """What was answered to this message: it is not answered twice, also where others came in between."""
        kept = await self._redis.hget(ANSWERS.format(sender_id), message_id)
        return None if kept is None else self._opened(kept)

    async def keys(self) -> list[str]:
        """Ids of all conversations kept."""
        prefix = KEY.format("")
        names = [key.decode().removeprefix(prefix) async for key in self._redis.scan_iter(KEY.format("*"), count=1000)]
        return [name for name in names if ":" not in name]

    def _sealed(self, content: Any) -> bytes:
        return self._vault.seal(json.dumps(content).encode())

    def _opened(self, sealed: bytes) -> Any:
        return json.loads(self._vault.open(sealed))


def _answer(turn: RunningTurn) -> dict[str, Any]:
    answer = turn.answer()
    if not answer["messages"]:
        raise NoAnswer
    return answer


def _slim(event: dict[str, Any]) -> dict[str, Any]:
    parsed = event.get("parse_data")
    return event if parsed is None else {**event, "parse_data": {key: value for key, value in parsed.items() if key not in NOT_KEPT}}
