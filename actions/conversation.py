"""Actions about the conversation itself: repeat, begin anew, refuse an offer."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.auskunft import answered, client, last_answer, outside, ranking, say, understood
from actions.topic import OVERVIEW, decide
from actions.understanding import OUTSIDE, meaning
from core.errors import LotseError

_TOPIC = ("leistung", "aspekt", "offen", "missverstaendnisse")


class Wiederholen(Action):
    """Says the last answer again."""

    def name(self) -> str:
        return "action_wiederholen"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        say(dispatcher, last_answer(tracker) or reply.simple("nichts_zu_wiederholen"))
        return []


class Abbrechen(Action):
    """Forgets the topic and begins anew."""

    def name(self) -> str:
        return "action_abbrechen"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        say(dispatcher, reply.simple("abgebrochen"))
        return [SlotSet(name, None) for name in _TOPIC]


class Ablehnen(Action):
    """ "None of these": asks for other words, keeping the aspect."""

    def name(self) -> str:
        return "action_ablehnen"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        if tracker.get_slot("offen"):
            say(dispatcher, reply.which_service())
            return [SlotSet("leistung", None)]
        say(dispatcher, reply.simple("was_sonst"))
        return []


class Ausserhalb(Action):
    """Says that this is outside, in other words each time; what intent and search together take for a service is answered all the same."""

    def name(self) -> str:
        return "action_ausserhalb"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        turn = understood(tracker)
        try:
            found = await client().search(turn.text)
        except LotseError:
            return outside(dispatcher, tracker)
        meant = meaning(ranking(tracker.latest_message), turn.text, found)
        if meant.intent == OUTSIDE and not found.checkliste:
            return outside(dispatcher, tracker)
        turn = replace(turn, intent=OVERVIEW if meant.intent == OUTSIDE else meant.intent)
        return answered(dispatcher, decide(turn, found), turn, 0)
