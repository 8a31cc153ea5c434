"""A conversation with the real actions: slots and events are kept as Rasa keeps them."""

import json
import uuid
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import Gespraech
from core.answer import Antwort, Button, plain_text


class Talk:
    """One conversation. What the NLU would say of a message is given with it."""

    def __init__(self) -> None:
        self.id = f"g-{uuid.uuid4().hex[:8]}"
        self.slots: dict[str, Any] = {}
        self.events: list[dict[str, Any]] = []
        self.said: list[Antwort] = []

    @property
    def last(self) -> Antwort:
        """The last answer."""
        return self.said[-1]

    @property
    def state(self) -> dict[str, Any] | None:
        """What the slot holds of the form."""
        return self.slots.get("antrag")

    def text(self) -> str:
        """Everything that the last turn said."""
        return "\n".join(plain_text(one) for one in self.said)

    async def say(self, text: str, intent: str = "nlu_fallback", message_id: str | None = None, sure: float = 0.9) -> list[Antwort]:
        """Types a message."""
        return await self._turn(text, intent, [], message_id, sure)

    async def press(self, title: str, message_id: str | None = None) -> list[Antwort]:
        """Presses a button of the last answer."""
        return await self.push(self.offered(title), message_id)

    async def push(self, button: Button, message_id: str | None = None) -> list[Antwort]:
        """Presses a button, also one of an earlier answer."""
        name, _, rest = button.payload.removeprefix("/").partition("{")
        entities = [{"entity": key, "value": value} for key, value in json.loads("{" + rest).items()] if rest else []
        self.slots |= {one["entity"]: one["value"] for one in entities if one["entity"] == "leistung"}
        return await self._turn(button.payload, name, entities, message_id, 1.0)

    def offered(self, title: str) -> Button:
        """The button with this title."""
        return next(button for button in self.last.offered() if button.title == title)

    async def _turn(self, text: str, intent: str, entities: list[dict[str, Any]], message_id: str | None, sure: float) -> list[Antwort]:
        message = {
            "text": text, "intent": {"name": intent, "confidence": sure}, "entities": entities,
            "message_id": message_id or uuid.uuid4().hex,
            "intent_ranking": [{"name": intent, "confidence": sure}],
        }  # fmt: skip
        self.events.append({"event": "user", "text": text})
        tracker = Tracker(self.id, dict(self.slots), message, self.events, False, None, {}, "action_listen")
        dispatcher = CollectingDispatcher()
        done = await Gespraech().run(dispatcher, tracker, {})
        self.slots |= {event["name"]: event["value"] for event in done}
        json.dumps(self.slots)  # Rasa keeps them as JSON
        self.said = [Antwort.model_validate(one["custom"]) for one in dispatcher.messages]
        assert self.said, "no answer"
        self.events += [{"event": "bot", "text": None, "data": {"custom": one.model_dump(mode="json")}} for one in self.said]
        return self.said

    def keep(self) -> None:
        """Remembers how it stands, for ``undo``."""
        self._kept = dict(self.slots), list(self.events)

    def undo(self) -> None:
        """The turn's result got lost: Rasa keeps nothing of it."""
        self.slots, self.events = dict(self._kept[0]), list(self._kept[1])
