"""What an answer about services leaves behind: it is said, and its topic is kept in the slots."""

from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import reply
from actions.antrag.beginning import begin
from actions.antrag.case import ask_status
from actions.choice import meaning_of
from actions.copy import copy, render
from actions.detail import Detail
from actions.repetition import not_again
from actions.short import short_outside
from actions.topic import Topic
from actions.turn import Turn
from actions.unsure import aspects
from actions.voice import SHORT, voice
from core.answer import Antwort
from core.catalogue import Treffer
from core.intents import OVERVIEW
from core.settings import Settings

# Questions back in a row: after these the nearest services and the 115 are offered instead.
MOST_QUESTIONS = 2
# Services that a conversation may come back to.
REMEMBERED = 6
SURE_TO_BEGIN = 0.9


def say(dispatcher: CollectingDispatcher, answer: Antwort) -> None:
    """Utters a semantic answer."""
    spoken = answer.model_copy(update={"sprache": voice().sprache})
    dispatcher.utter_message(json_message=spoken.model_dump(mode="json"))


async def answered(dispatcher: CollectingDispatcher, topic: Topic, turn: Turn) -> list[EventType]:
    """Says what the topic calls for and keeps it in the slots. Raises LotseError where a form is to begin and the catalogue is away."""
    if topic.kind == "checkliste" and topic.checkliste:
        say(dispatcher, reply.checklist(topic.checkliste))
        return [SlotSet("leistung", None), *_state(OVERVIEW)]
    if topic.aspect == "antrag_status" and (topic.auskunft.antrag if topic.auskunft else topic.kind in ("welche", "nichts")):
        return ask_status(dispatcher)
    if topic.kind == "antwort" and topic.auskunft:
        kept = [SlotSet("leistung", topic.auskunft.kennung), _talked_about(topic.auskunft.kennung, turn)]
        if topic.aspect == "antrag_starten" and topic.auskunft.antrag and _surely_begins(turn):
            return [*kept, *_state(OVERVIEW), *await begin(dispatcher, topic.auskunft.kennung, turn)]
        beside = reply.Beside(Detail(topic.detail, topic.saetze, turn.text), turn.alter, topic.checkliste)
        for aspect in aspects(turn, topic, topic.auskunft):
            answer = reply.about(topic.auskunft, aspect, topic.candidates, beside)
            say(dispatcher, answer if turn.pressed else not_again(answer, turn.last))
        return [*kept, *_state(topic.aspect)]
    if topic.kind == "welche" and turn.last and (steps := _steps(turn.last)):
        topic = replace(topic, candidates=steps)
    if topic.kind in ("auswahl", "welche") and turn.asked_back < MOST_QUESTIONS:
        say(dispatcher, reply.clarification(list(topic.candidates), topic.aspect) if topic.candidates else reply.which_service())
        return _state(topic.aspect, offen=True, rueckfragen=turn.asked_back + 1)
    failures = max(turn.misunderstood, 1 if topic.kind in ("auswahl", "welche") else 0)
    say(dispatcher, reply.not_understood(failures, list(topic.candidates), topic.aspect))
    return _state(topic.aspect, offen=topic.aspect != OVERVIEW, missverstaendnisse=failures + 1)


def _surely_begins(turn: Turn) -> bool:
    """Whether a form begins at once; else it is offered by a button. Nobody who only asks should find themselves in a form."""
    return turn.pressed or any(name == "antrag_starten" and share >= SURE_TO_BEGIN for name, share in turn.ranking[:1])


def _talked_about(key: str, turn: Turn) -> EventType:
    """The services talked about, the last one first."""
    return SlotSet("verlauf", [key, *(one for one in turn.verlauf if one != key)][:REMEMBERED])


def _steps(last: Antwort) -> tuple[Treffer, ...]:
    """The services of a checklist that was shown last: „Bis wann?“ may be about any of them."""
    buttons = [fact.button for fact in last.fakten if fact.button]
    named = [(button.title, meaning_of(button)[1].get("leistung")) for button in buttons]
    return tuple(Treffer(id=key, schluessel=None, titel=title, score=0.0) for title, key in named if key)


def outside(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType]:
    """Says that this is no matter of the city, in other words each time."""
    if voice().sprache in SHORT:
        say(dispatcher, short_outside())
        return []
    texts = [render(f"ausserhalb.{number}", stadt=Settings().city) for number in range(len(copy()["ausserhalb"]))]
    step = turn.misunderstood % len(texts)
    if turn.last and turn.last.text == texts[step]:
        step = (step + 1) % len(texts)
    say(dispatcher, Antwort(text=texts[step], ohne_auskunft=True))
    return [SlotSet("missverstaendnisse", float(turn.misunderstood + 1))]


def _state(aspekt: str, *, offen: bool = False, missverstaendnisse: int = 0, rueckfragen: int = 0) -> list[EventType]:
    return [
        SlotSet("aspekt", aspekt),
        SlotSet("offen", offen),
        SlotSet("missverstaendnisse", float(missverstaendnisse)),
        SlotSet("rueckfragen", float(rueckfragen)),
    ]
