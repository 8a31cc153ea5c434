"""The action that answers about services, and those that steer the conversation around it."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.copy import copy, render
from actions.detail import Detail
from actions.topic import OVERVIEW, Topic, Turn, decide
from actions.understanding import OUTSIDE, meaning
from core.answer import Antwort
from core.errors import LotseError
from core.settings import Settings
from katalog.client import CatalogueClient
from language.age import said_age

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


def ranking(message: dict[str, Any]) -> list[tuple[str, float]]:
    """(intent, probability) of a message, best first, without the fallback."""
    ranked = message.get("intent_ranking") or [message["intent"]]
    return [(one["name"], one.get("confidence", 1.0)) for one in ranked if one.get("name") not in (None, "nlu_fallback")]


def understood(tracker: Tracker) -> Turn:
    """The last message and the topic so far."""
    message: dict[str, Any] = tracker.latest_message
    intent = message["intent"].get("name") or "nlu_fallback"
    entities = {entity["entity"]: entity["value"] for entity in message.get("entities", [])}
    pressed = bool(entities)
    if intent == "nlu_fallback":
        ranked = ranking(message)
        intent = _likely(ranked[0][0]) if ranked else intent
    return Turn(
        text="" if pressed else message.get("text") or "",
        intent=intent,
        leistung=tracker.get_slot("leistung"),
        aspekt=tracker.get_slot("aspekt"),
        offen=bool(tracker.get_slot("offen")),
        pressed=pressed,
        checkliste=entities.get("checkliste"),
        alter=None if pressed else said_age(message.get("text") or ""),
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
            found = await client().search(turn.text, turn.leistung, turn.checkliste)
        except LotseError:
            say(dispatcher, reply.simple("ausgefallen"))
            return []
        failures = int(tracker.get_slot("missverstaendnisse") or 0)
        ranked = ranking(tracker.latest_message)
        if ranked and not turn.pressed:
            meant = meaning(ranked, turn.text, found)
            # In the midst of a topic, or after our own question, a message is about it: the intent alone judges.
            if meant.intent == OUTSIDE and not (turn.leistung or turn.offen):
                return outside(dispatcher, tracker)
            found = found.model_copy(update={"treffer": meant.treffer or found.treffer})
        return answered(dispatcher, decide(turn, found), turn, failures)


def answered(dispatcher: CollectingDispatcher, topic: Topic, turn: Turn, failures: int) -> list[EventType]:
    """Says what the topic calls for and keeps it in the slots."""
    if topic.kind == "checkliste" and topic.checkliste:
        say(dispatcher, reply.checklist(topic.checkliste))
        return [SlotSet("leistung", None), *_state(OVERVIEW)]
    if topic.kind == "antwort" and topic.auskunft:
        beside = reply.Beside(Detail(topic.detail, topic.satz), turn.alter, topic.checkliste)
        say(dispatcher, reply.about(topic.auskunft, topic.aspect, topic.candidates, beside))
        return [SlotSet("leistung", topic.auskunft.kennung), *_state(topic.aspect)]
    if topic.kind == "auswahl":
        say(dispatcher, reply.clarification(list(topic.candidates), topic.aspect))
        return _state(topic.aspect, offen=True)
    if topic.kind == "welche":
        say(dispatcher, reply.which_service())
        return _state(topic.aspect, offen=True)
    say(dispatcher, reply.not_understood(failures, list(topic.candidates), topic.aspect))
    return _state(topic.aspect, offen=topic.aspect != OVERVIEW, missverstaendnisse=failures + 1)


def outside(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Says that this is no matter of the city, in other words each time."""
    failures = int(tracker.get_slot("missverstaendnisse") or 0)
    texts = [render(f"ausserhalb.{number}", stadt=Settings().city) for number in range(len(copy()["ausserhalb"]))]
    last = last_answer(tracker)
    step = failures % len(texts)
    if last and last.text == texts[step]:
        step = (step + 1) % len(texts)
    say(dispatcher, Antwort(text=texts[step]))
    return [SlotSet("missverstaendnisse", float(failures + 1))]


def last_answer(tracker: Tracker) -> Antwort | None:
    """The last semantic answer of this conversation, or the last plain text as one."""
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            custom = (event.get("data") or {}).get("custom")
            if custom:
                return Antwort.model_validate(custom)
            if event.get("text"):
                return Antwort(text=event["text"])
    return None


def _state(aspekt: str, *, offen: bool = False, missverstaendnisse: int = 0) -> list[EventType]:
    return [
        SlotSet("aspekt", aspekt),
        SlotSet("offen", offen),
        SlotSet("missverstaendnisse", float(missverstaendnisse)),
    ]
