"""The actions of the conversation. Before any of them comes what a message may be beside its intent: a crisis, a choice, a switch of
language, a correction, two questions at once."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.auskunft import answered, client, inform, other_object, perhaps_outside, say
from actions.back import back
from actions.choice import chosen, meaning_of
from actions.crisis import danger, help_for
from actions.double import SURE_OF_SERVICE, question_of, sure_question, two
from actions.facts import FACTS
from actions.taken_back import taken_back
from actions.talk import talk, texts
from actions.topic import OVERVIEW, Topic, names
from actions.turn import Turn, remembered, understood
from actions.voice import Voice, beside_the_switch, speaking, switched
from core.errors import LotseError
from language.stems import stems

# From here on a question counts beside talk, in the midst of a topic.
ASKED_BESIDE = 0.2
POLITE = ("begruessung", "dank", "lob", "verabschiedung")
LONG_FOR_POLITE = 5
# Talk that few words are easily mistaken for; below this probability it is looked whether they surely name a service.
UNSURE_TALK = (
    "smalltalk",
    "hilfe",
    "bot_frage",
    "bestaetigen",
    "ablehnen",
    "abbrechen",
    "wiederholen",
    "dank",
    "lob",
    "datenschutz_auskunft",
)
SURE_OF_TALK = 0.97
# The words of danger are met before any intent; „Ich habe zwei Autos“ sounded like an emergency at 0.38.
SURE_OF_DANGER = 0.5
SURELY_NAMED = 0.8
# A message that tells little more than an age.
MOST_WORDS = 9
# Dangers for which the city has an office of its own.
WITH_SERVICE = ("kind", "gewalt")
_TOPIC = ("leistung", "aspekt", "offen", "missverstaendnisse", "rueckfragen", "alter", "alter_eigen", "verlauf")


async def respond(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType]:
    """Says one answer (two where two questions are asked), in the voice of the conversation."""
    if kind := None if turn.pressed else danger(turn.text):
        say(dispatcher, help_for(kind))
        return await _service_for(dispatcher, turn, "frage_kontakt") if kind in WITH_SERVICE else []
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
        say(dispatcher, reply.simple("ausgefallen"))
        return []


def _asked_all_the_same(turn: Turn) -> str | None:
    """The question in a message that is taken for talk: an angry one, or one whose words sound like a wish for plain language."""
    if turn.pressed or turn.intent not in texts("de"):
        return None
    share = next((share for name, share in turn.ranking if name.startswith("frage_") and share >= ASKED_BESIDE), 0.0)
    best = next((name for name, _ in turn.ranking if name.startswith("frage_")), None)
    if turn.intent == "einfache_sprache":  # it asks for no other language, or that would have been heard before
        return best if share else OVERVIEW
    return best if share and turn.leistung else None


async def for_this_age(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType] | None:
    """„Er ist 12“ in the midst of a topic: the answer once more, for this age."""
    told = turn.alter is not None and turn.alter != turn.alter_before
    if (
        not (told and turn.leistung and turn.aspekt)
        or turn.offen
        or len(turn.text.split()) > MOST_WORDS
        or turn.intent.startswith("frage_")
    ):
        return None
    found = await client().search(turn.text, turn.leistung)
    if found.auskunft and found.treffer and names(turn.text, found.auskunft):
        return None
    return answered(dispatcher, Topic("antwort", turn.aspekt, found.kontext), turn)


async def _service_for(dispatcher: CollectingDispatcher, turn: Turn, aspect: str) -> list[EventType]:
    """After a word of help: what the city has on it, where the search is sure."""
    try:
        found = await client().search(turn.text)
    except LotseError:
        return []
    if not found.treffer or found.treffer[0].score < SURE_OF_SERVICE:
        return []
    return answered(dispatcher, Topic("antwort", aspect, found.auskunft), turn)


async def _by_intent(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType]:
    if await _named_all_the_same(turn):
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
    if turn.intent == "ausserhalb":
        return await perhaps_outside(dispatcher, turn)
    asked = _asked_all_the_same(turn)
    if asked:
        turn = replace(turn, intent=asked)
    # „Hallo, ich bin gerade hergezogen“ is a greeting and a request.
    request = turn.intent in POLITE and len(turn.text.split()) >= LONG_FOR_POLITE
    if request and (events := await _service_for(dispatcher, turn, question_of(turn) or OVERVIEW)):
        return events
    if turn.intent in texts("de"):
        say(dispatcher, talk(turn.intent, turn.last))
        return await _service_for(dispatcher, turn, OVERVIEW) if turn.intent == "beschwerde" else []
    if turn.intent in FACTS and (of_story := sure_question(turn)):
        turn = replace(turn, intent=of_story)
    if turn.intent == OVERVIEW and (of_question := question_of(turn)):
        turn = replace(turn, intent=of_question)  # „Neuwagen zulassen, welche Unterlagen?“
    return await inform(dispatcher, turn)


async def _named_all_the_same(turn: Turn) -> bool:
    """Whether a message that sounds like talk („Und was ist Unterhaltsvorschuss?“) surely names a service."""
    if turn.pressed or turn.intent not in UNSURE_TALK or not turn.ranking or turn.ranking[0][1] >= SURE_OF_TALK or not stems(turn.text):
        return False
    found = await client().search(turn.text, turn.leistung)
    return bool(found.treffer) and found.treffer[0].score >= SURELY_NAMED and names(turn.text, found.auskunft)


async def _switched(dispatcher: CollectingDispatcher, turn: Turn, to: Voice) -> list[EventType]:
    """Confirms the new voice, and says the topic's answer once more in it."""
    if turn.before.einfach and not to.einfach:
        say(dispatcher, reply.simple("wieder_normal"))
    else:
        say(dispatcher, talk("einfache_sprache" if to.einfach and not turn.before.einfach else "sprache_wechseln", turn.last))
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
        to = None if turn.pressed else switched(turn.text, turn.intent, turn.voice)
        if to:
            turn = replace(turn, voice=to)
        with speaking(turn.voice):
            events = await (_switched(dispatcher, turn, to) if to else respond(dispatcher, turn))
            rest = beside_the_switch(turn.text) if to else ""
            if stems(rest):  # „Was ist ein WBS? Bitte in Einfacher Sprache.“
                intent = next((one.intent for one in turn.clauses if one.text in rest), OVERVIEW)
                events += await respond(dispatcher, replace(turn, text=rest, intent=intent, ranking=(), clauses=()))
        # An age that "abort" has forgotten stays forgotten.
        set_already = {event.get("name") for event in events}
        return [*events, *(event for event in remembered(turn) if event["name"] not in set_already)]


class Auskunft(Gespraech):
    """Questions about services."""

    def name(self) -> str:
        return "action_auskunft"
