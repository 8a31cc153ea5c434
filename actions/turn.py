"""One message as the actions see it: what Rasa understood, what was said before, and the voice to answer in."""

import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.voice import GERMAN, Voice, heard
from core.answer import Antwort
from language.age import said_age
from language.folding import fold

_ABOUT_ME = re.compile(r"\b(fuer mich|bei mir|ich selbst|ich selber|for me|for myself)\b")
_ABOUT_OTHERS = re.compile(r"\bfuer (mein|unser|ihn|die kleine|den kleinen|eine[nr]? )|\bfor (my|him|her)\b")
_MY_AGE = re.compile(r"\b(ich bin|bin|i am|i'm)\b")
_OTHER_PERSON = re.compile(r"\b(sohn|tochter|kind|enkel\w*|mann|frau|vater|mutter|oma|opa|freund\w*|son|daughter|he|she)\b")


@dataclass(frozen=True)
class Clause:
    """A part of a message, judged by itself."""

    text: str
    intent: str
    sure: float


@dataclass(frozen=True)
class Turn:
    """What the citizen said, as understood by Rasa, and the topic so far (slots)."""

    text: str
    intent: str
    leistung: str | None
    aspekt: str | None
    offen: bool
    pressed: bool = False
    checkliste: str | None = None
    alter: int | None = None
    alter_before: int | None = None
    alter_eigen: bool = False
    verlauf: tuple[str, ...] = ()
    ranking: tuple[tuple[str, float], ...] = ()
    clauses: tuple[Clause, ...] = ()
    misunderstood: int = 0
    asked_back: int = 0
    last: Antwort | None = None
    text_before: str = ""
    before: Voice = GERMAN
    voice: Voice = GERMAN
    gespraech: str = ""
    # The message's own id: the Idempotency-Key of what it begins or submits, also where it is delivered twice.
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    # Where a form stands (actions/antrag/state.py), and the button of a form that was pressed.
    antrag: dict[str, Any] | None = None
    knopf: str | None = None


def understood(tracker: Tracker) -> Turn:
    """The last message and the topic so far."""
    message: dict[str, Any] = tracker.latest_message
    intent = message["intent"].get("name") or "nlu_fallback"
    entities = {entity["entity"]: entity["value"] for entity in message.get("entities", [])}
    ranked = ranking(message)
    if intent == "nlu_fallback":
        intent = _likely(ranked[0][0]) if ranked else intent
    pressed = bool(entities) or (message.get("text") or "").startswith("/")
    text = "" if pressed else message.get("text") or ""
    form = tracker.get_slot("antrag") or None
    # What is typed into a form is a value: it tells neither an age nor a language.
    told = "" if form else text
    age, own = tracker.get_slot("alter"), bool(tracker.get_slot("alter_eigen"))
    before = Voice(tracker.get_slot("sprache") or "de", bool(tracker.get_slot("einfach")))
    return Turn(
        text=text,
        intent=intent,
        leistung=tracker.get_slot("leistung"),
        aspekt=tracker.get_slot("aspekt"),
        offen=bool(tracker.get_slot("offen")),
        pressed=bool(entities),
        checkliste=entities.get("checkliste"),
        alter=_age(told, age, own),
        alter_before=None if age is None else int(age),
        alter_eigen=own if said_age(told) is None else _is_own(told),
        verlauf=tuple(tracker.get_slot("verlauf") or ()),
        ranking=tuple(ranked),
        clauses=tuple(Clause(one["text"], one["name"], one["confidence"]) for one in message.get("clauses") or ()),
        misunderstood=int(tracker.get_slot("missverstaendnisse") or 0),
        asked_back=int(tracker.get_slot("rueckfragen") or 0),
        last=last_answer(tracker),
        text_before=_text_before(tracker),
        before=before,
        voice=before if pressed or form else heard(text, before),
        gespraech=tracker.sender_id,
        key=message.get("message_id") or uuid.uuid4().hex,
        antrag=form,
        knopf=entities.get("knopf"),
    )


def _text_before(tracker: Tracker) -> str:
    """What the citizen wrote before this message."""
    said = [event.get("text") or "" for event in tracker.events if event.get("event") == "user"]
    return said[-2] if len(said) > 1 and not said[-2].startswith("/") else ""


def _is_own(text: str) -> bool:
    """Whether the age told is the citizen's own."""
    folded = fold(text)
    return bool(_MY_AGE.search(folded)) and not _OTHER_PERSON.search(folded)


def _age(text: str, known: float | None, own: bool) -> int | None:
    """The age told, or the one remembered; none where the message turns to somebody else."""
    said = said_age(text)
    if said is not None or known is None:
        return said
    return None if (_ABOUT_OTHERS if own else _ABOUT_ME).search(fold(text)) else int(known)


def _likely(intent: str) -> str:
    """Below the threshold a talking intent counts as nothing; a question about a service is still the best guess."""
    return intent if intent.startswith("frage_") else "nlu_fallback"


def ranking(message: dict[str, Any]) -> list[tuple[str, float]]:
    """(intent, probability) of a message, best first, without the fallback."""
    ranked = message.get("intent_ranking") or [message["intent"]]
    return [(one["name"], one.get("confidence", 1.0)) for one in ranked if one.get("name") not in (None, "nlu_fallback")]


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


def remembered(turn: Turn) -> list[EventType]:
    """What a message tells for the rest of the conversation: the voice, and somebody's age."""
    kept: list[EventType] = []
    if turn.voice.sprache != turn.before.sprache:
        kept.append(SlotSet("sprache", turn.voice.sprache))
    if turn.voice.einfach != turn.before.einfach:
        kept.append(SlotSet("einfach", turn.voice.einfach))
    if turn.alter != turn.alter_before:
        kept += [SlotSet("alter", None if turn.alter is None else float(turn.alter)), SlotSet("alter_eigen", turn.alter_eigen)]
    return kept
