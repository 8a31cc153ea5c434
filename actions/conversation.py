"""Actions about the conversation itself: repeat, begin anew, refuse an offer."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.auskunft import answered, client, say, understood
from actions.copy import copy, render
from actions.topic import OVERVIEW, decide
from core.answer import Antwort
from core.errors import LotseError
from core.settings import Settings

# The intent says "outside"; only a search that is very sure outweighs it.
SURE = 0.85
_TOPIC = ("leistung", "aspekt", "offen", "missverstaendnisse")


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
    """Says that this is outside, in other words each time; a service that the search is sure of is answered all the same."""

    def name(self) -> str:
        return "action_ausserhalb"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        turn = replace(understood(tracker), intent=OVERVIEW)
        try:
            found = await client().search(turn.text)
        except LotseError:
            found = None
        if found and found.treffer and found.treffer[0].score >= SURE:
            return answered(dispatcher, decide(turn, found), 0)
        failures = int(tracker.get_slot("missverstaendnisse") or 0)
        texts = [render(f"ausserhalb.{number}", stadt=Settings().city) for number in range(len(copy()["ausserhalb"]))]
        last = last_answer(tracker)
        step = failures % len(texts)
        if last and last.text == texts[step]:
            step = (step + 1) % len(texts)
        say(dispatcher, Antwort(text=texts[step]))
        return [SlotSet("missverstaendnisse", float(failures + 1))]
