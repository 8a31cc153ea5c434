"""The action that answers about services, and those that steer the conversation around it."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.topic import OVERVIEW, Topic, Turn, decide
from core.answer import Antwort
from core.errors import LotseError
from core.settings import Settings
from katalog.client import CatalogueClient

_client: CatalogueClient | None = None


def client() -> CatalogueClient:
    """The process's pooled client, made at the first call (inside the running event loop)."""
    global _client
    if _client is None:
        _client = CatalogueClient(Settings().catalogue_url)
    return _client


def say(dispatcher: CollectingDispatcher, answer: Antwort) -> None:
    """Utters a semantic answer."""
    dispatcher.utter_message(json_message=answer.model_dump(mode="json"))


def understood(tracker: Tracker) -> Turn:
    """The last message and the topic so far."""
    message: dict[str, Any] = tracker.latest_message
    intent = message["intent"].get("name") or "nlu_fallback"
    pressed = any(entity["entity"] == "leistung" for entity in message.get("entities", []))
    if intent == "nlu_fallback":
        ranked = [one["name"] for one in message.get("intent_ranking", []) if one["name"] != "nlu_fallback"]
        intent = "nlu_fallback" if not ranked else _likely(ranked[0])
    return Turn(
        text="" if pressed else message.get("text") or "",
        intent=intent,
        leistung=tracker.get_slot("leistung"),
        aspekt=tracker.get_slot("aspekt"),
        offen=bool(tracker.get_slot("offen")),
        pressed=pressed,
    )


def _likely(intent: str) -> str:
    """Below the threshold a talking intent counts as nothing; a question about a service is still the best guess."""
    return intent if intent.startswith("frage_") else "nlu_fallback"


class Auskunft(Action):
    """Finds the service and answers what was asked, asks back, or offers the nearest."""

    def name(self) -> str:
        return "action_auskunft"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        turn = understood(tracker)
        try:
            found = await client().search(turn.text, turn.leistung)
        except LotseError:
            say(dispatcher, reply.simple("ausgefallen"))
            return []
        return answered(dispatcher, decide(turn, found), int(tracker.get_slot("missverstaendnisse") or 0))


def answered(dispatcher: CollectingDispatcher, topic: Topic, failures: int) -> list[EventType]:
    """Says what the topic calls for and keeps it in the slots."""
    if topic.kind == "antwort" and topic.auskunft:
        say(dispatcher, reply.about(topic.auskunft, topic.aspect, topic.candidates))
        return [SlotSet("leistung", topic.auskunft.kennung), *_state(topic.aspect)]
    if topic.kind == "auswahl":
        say(dispatcher, reply.clarification(list(topic.candidates), topic.aspect))
        return _state(topic.aspect, offen=True)
    if topic.kind == "welche":
        say(dispatcher, reply.which_service())
        return _state(topic.aspect, offen=True)
    say(dispatcher, reply.not_understood(failures, list(topic.candidates), topic.aspect))
    return _state(topic.aspect, offen=topic.aspect != OVERVIEW, missverstaendnisse=failures + 1)


def _state(aspekt: str, *, offen: bool = False, missverstaendnisse: int = 0) -> list[EventType]:
    return [
        SlotSet("aspekt", aspekt),
        SlotSet("offen", offen),
        SlotSet("missverstaendnisse", float(missverstaendnisse)),
    ]
