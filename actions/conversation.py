"""The actions of the conversation. Before any of them comes what a message may be beside its intent: a crisis, a choice, a switch of
language, a correction, two questions at once."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.all_the_same import asked_all_the_same, detail_all_the_same, for_this_age, named_all_the_same
from actions.antrag.confidence import confidential
from actions.antrag.entry import application, once_more
from actions.auskunft import inform, other_object, perhaps_outside
from actions.back import back
from actions.candidates import searching, tell
from actions.choice import chosen, meaning_of
from actions.crisis import help_for
from actions.double import SURE_OF_SERVICE, question_of, sure_question, two
from actions.facts import FACTS
from actions.hits import client
from actions.privacy import RIGHTS, own_data, say_rights
from actions.said import answered, say
from actions.taken_back import taken_back
from actions.talk import talk, texts
from actions.topic import Topic
from actions.turn import Turn, remembered, understood
from actions.voice import Voice, beside_the_switch, speaking, switched
from core.errors import LotseError
from core.intents import OVERVIEW, TALKING_INTENTS
from language.danger import danger
from language.stems import stems

POLITE = ("begruessung", "dank", "lob", "verabschiedung")
LONG_FOR_POLITE = 5
# The words of danger are met before any intent; „Ich habe zwei Autos“ sounded like an emergency at 0.38.
SURE_OF_DANGER = 0.5
# Dangers for which the city has an office of its own.
WITH_SERVICE = ("kind", "gewalt")
_TOPIC = ("leistung", "aspekt", "offen", "missverstaendnisse", "rueckfragen", "alter", "alter_eigen", "verlauf")


async def respond(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType]:
    """Says one answer (two where two questions are asked), in the voice of the conversation."""
    if kind := None if turn.pressed else danger(turn.text):
        say(dispatcher, help_for(kind))
        asked = turn.intent if turn.intent.startswith("frage_") else "frage_kontakt"
        return await _service_for(dispatcher, turn, asked) if kind in WITH_SERVICE else []
    if (events := own_data(dispatcher, turn)) is not None:
        return events
    if (events := await application(dispatcher, turn, _answer)) is not None:
        return events
    return await _answer(dispatcher, turn)


async def _answer(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType]:
    """What is neither a crisis nor part of a form."""
    if button := None if turn.pressed else chosen(turn.text, turn.last, turn.offen):
        intent, entities = meaning_of(button)
        turn = replace(
            turn, text="", intent=intent, pressed=bool(entities), clauses=(), ranking=(),
            leistung=entities.get("leistung", turn.leistung), checkliste=entities.get("checkliste"),
        )  # fmt: skip
    try:
        for answer in (back, two, for_this_age, other_object, taken_back):
            if (events := await answer(dispatcher, turn)) is not None:
                return events
        return await _by_intent(dispatcher, turn)
    except LotseError:
        say(dispatcher, reply.simple("ausgefallen").model_copy(update={"stoerung": "katalog"}))
        return []


async def _service_for(dispatcher: CollectingDispatcher, turn: Turn, aspect: str) -> list[EventType]:
    """After a word of help: what the city has on it, where the search is sure."""
    try:
        found = await client().search(turn.text)
    except LotseError:
        return []
    if not found.treffer or found.treffer[0].score < SURE_OF_SERVICE:
        return []
    return await answered(dispatcher, Topic("antwort", aspect, found.auskunft), turn)


async def _by_intent(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType]:
    if await named_all_the_same(turn):
        turn = replace(turn, intent=question_of(turn) or OVERVIEW)
    if turn.intent == "notfall" and turn.ranking and turn.ranking[0][1] < SURE_OF_DANGER:
        turn = replace(turn, intent=OVERVIEW)
    if turn.intent == "wiederholen":
        say(dispatcher, turn.last or reply.simple("nichts_zu_wiederholen"))
        return []
    if turn.intent == "abbrechen":
        say(dispatcher, reply.simple("abgebrochen"))
        return [SlotSet(name, None) for name in _TOPIC]
    if turn.intent == "ablehnen":
        say(dispatcher, reply.which_service() if turn.offen else reply.simple("was_sonst"))
        return [SlotSet("leistung", None)] if turn.offen else []
    if detail := await detail_all_the_same(dispatcher, turn):
        return detail
    if turn.intent == "ausserhalb":
        return await perhaps_outside(dispatcher, turn)
    asked = asked_all_the_same(turn)
    if asked:
        turn = replace(turn, intent=asked)
    # „Hallo, ich bin gerade hergezogen“ is a greeting and a request.
    request = turn.intent in POLITE and len(turn.text.split()) >= LONG_FOR_POLITE
    if request and (events := await _service_for(dispatcher, turn, question_of(turn) or OVERVIEW)):
        return events
    if turn.intent in RIGHTS:
        say_rights(dispatcher, turn)
        return []
    if turn.intent in texts("de"):
        say(dispatcher, talk(turn.intent, turn.last))
        return await _service_for(dispatcher, turn, OVERVIEW) if turn.intent == "beschwerde" else []
    if turn.intent in FACTS and (of_story := sure_question(turn)):
        turn = replace(turn, intent=of_story)
    if turn.intent == OVERVIEW and (of_question := question_of(turn)):
        turn = replace(turn, intent=of_question)  # „Neuwagen zulassen, welche Unterlagen?“
    return await inform(dispatcher, turn)


async def _switched(dispatcher: CollectingDispatcher, turn: Turn, to: Voice) -> list[EventType]:
    """Confirms the new voice, and says once more in it what was asked inside a form, or the topic's answer."""
    if turn.before.einfach and not to.einfach:
        say(dispatcher, reply.simple("wieder_normal"))
    else:
        say(dispatcher, talk("einfache_sprache" if to.einfach and not turn.before.einfach else "sprache_wechseln", turn.last))
    if turn.antrag:
        return await once_more(dispatcher, turn)
    if turn.leistung and turn.aspekt and not turn.offen:
        try:
            found = await client().search("", turn.leistung)
        except LotseError:
            return []
        if found.kontext:
            say(dispatcher, reply.about(found.kontext, turn.aspekt, beside=reply.Beside(age=turn.alter)))
    return []


class Gespraech(Action):
    """Answers any message. Several actions share it: their names tell in statistics what was asked."""

    def name(self) -> str:
        return "action_gespraech"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        turn = understood(tracker)
        # „Deutsch“ may be what a form asked for: there only a sentence that asks for a language does.
        may_switch = not turn.pressed and (not turn.antrag or turn.intent in ("sprache_wechseln", "einfache_sprache"))
        to = switched(turn.text, turn.intent, turn.voice) if may_switch else None
        if to:
            turn = replace(turn, voice=to)
        with speaking(turn.voice), searching() as candidates:
            events = await (_switched(dispatcher, turn, to) if to else respond(dispatcher, turn))
            rest = beside_the_switch(turn.text) if to and not turn.antrag else ""
            if stems(rest):  # „Was ist ein WBS? Bitte in Einfacher Sprache.“
                asked = (one.intent for one in turn.clauses if one.text in rest and one.intent not in TALKING_INTENTS)
                intent = next(asked, OVERVIEW)
                events += await respond(dispatcher, replace(turn, text=rest, intent=intent, ranking=(), clauses=()))
        tell(dispatcher, candidates)
        if turn.antrag:
            confidential(dispatcher)
        # An age that "abort" has forgotten stays forgotten.
        set_already = {event.get("name") for event in events}
        return [*events, *(event for event in remembered(turn) if event["name"] not in set_already)]


class Auskunft(Gespraech):
    """Questions about services."""

    def name(self) -> str:
        return "action_auskunft"
