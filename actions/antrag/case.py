"""How an application stands, and taking it back: with the case number and the PIN, which are never kept in a slot."""

import re

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.antrag.asking import Said
from actions.antrag.button import Pressed, labelled, person, pressed
from actions.antrag.client import client
from actions.antrag.commands import command
from actions.antrag.digression import leads_away
from actions.antrag.numbers import looks_like_number, number_in, pin_in
from actions.antrag.state import FORGOTTEN, State
from actions.antrag.texts import tell
from actions.antrag.yes_no import yes_or_no
from actions.choice import chosen, meaning_of
from actions.turn import Turn
from core.answer import Antwort
from core.errors import Conflict, NotFound
from katalog.applications.schemas import Vorgang
from language.folding import fold
from language.stems import stem, stems

_BACK = re.compile(
    r"\b(?:zurueck ?(?:zu)?zieh\w*|zurueck ?gezogen|zieh\w* .{0,60}zurueck|zurueck ?(?:zu)?nehm\w*|nehm\w* .{0,60}zurueck|stornier\w*"
    r"|withdraw\w*)\b"
)
# Words of a question for a status that name no service.
_NO_SERVICE = frozenset(stem(word) for word in [
    "antrag", "antraege", "antrags", "stand", "status", "bearbeitung", "bearbeitet", "vorgang", "vorgangsnummer", "nummer", "weit",
    "fertig", "angekommen", "eingegangen", "nachfragen", "nachricht", "zurueckziehen", "zuruecknehmen", "zurueckgezogen", "zieht",
    "ziehe", "zurueck", "stornieren", "gestellt", "gestellten", "eingereicht", "pin", "application", "withdraw", "wissen",
])  # fmt: skip
# Messages without what was asked for, after which a person is offered.
MOST_TRIES = 2


def asks_for_case(turn: Turn) -> State | None:
    """The state to begin with where a message is about an application that was made; None where it is not."""
    if not turn.text:
        return None
    bare = not set(stems(turn.text)) - _NO_SERVICE
    if _BACK.search(fold(turn.text)) and (looks_like_number(turn.text) or (bare and "antrag" in fold(turn.text))):
        return State(phase="withdraw")
    if looks_like_number(turn.text) or (turn.intent == "antrag_status" and bare):
        return State(phase="status")
    return None


async def case(said: Said, turn: Turn, state: State) -> list[EventType] | None:
    """What the message does; None: it is for the rest of the conversation. Raises Unavailable, TooMany."""
    number, pin = number_in(turn.text), pin_in(turn.text)
    if number is None and looks_like_number(turn.text):
        return _ask(said, state, tell("status.pruefen"))
    if number or pin:
        return await _identified(said, turn, state, number or state.nummer, pin)
    push = pressed(turn.knopf) if turn.knopf else _typed_button(turn)
    if push is None and (not turn.text or leads_away(turn, None)):
        return None
    if state.phase == "withdraw_sure" and ((push and push.action == "withdraw") or (push is None and yes_or_no(turn.text))):
        if state.nummer and (before := pin_in(turn.text_before)):
            return await _withdraw(said, turn, state, state.nummer, before)
        return _ask(said, state.model_copy(update={"phase": "withdraw_pin"}), tell("zuruecknehmen.pin"))
    if push or command(turn.text, None) == "abort" or yes_or_no(turn.text) is False:
        withdrawing = state.phase != "status"
        said.say(Antwort(text=tell("zuruecknehmen.bleibt" if withdrawing else "status.beendet")))
        return [FORGOTTEN]
    return _ask(said, state.model_copy(update={"versuche": state.versuche + 1}), tell("status.unklar"))


def begin_case(said: Said, state: State) -> list[EventType]:
    """Asks for number and PIN."""
    return _ask(said, state, tell("zuruecknehmen.frage" if state.phase == "withdraw" else "status.frage"))


def ask_status(dispatcher: CollectingDispatcher) -> list[EventType]:
    """Asks for number and PIN to tell how an application stands."""
    return begin_case(Said(dispatcher), State(phase="status"))


def ask_again(said: Said, state: State, before: str) -> list[EventType]:
    """What was asked last, after a question in between."""
    if state.nummer:
        question = tell("status.pin", nummer=state.nummer)
    else:
        question = tell("status.frage" if state.phase == "status" else "zuruecknehmen.frage")
    return _ask(said, state, f"{before} {question}")


def _typed_button(turn: Turn) -> Pressed | None:
    button = chosen(turn.text, turn.last, False) if turn.text else None
    return pressed(meaning_of(button)[1].get("knopf")) if button else None


def _ask(said: Said, state: State, text: str) -> list[EventType]:
    stuck = state.versuche > MOST_TRIES
    buttons = [*([person()] if stuck else []), labelled("keine_nummer", "stop")]
    said.say(Antwort(text=f"{text} {tell('nicht_weiter_status')}" if stuck else text, buttons=buttons))
    return [state.slot()]


async def _identified(said: Said, turn: Turn, state: State, number: str | None, pin: str | None) -> list[EventType]:
    state = state.model_copy(update={"nummer": number, "versuche": 0})
    if number is None:
        return begin_case(said, state)
    if pin is None:
        return _ask(said, state, tell("status.pin", nummer=number))
    if state.phase == "withdraw_pin":
        return await _withdraw(said, turn, state, number, pin)
    try:
        found = await client().status(number, pin, turn.gespraech)
    except NotFound:
        return _unknown(said, state)
    if state.phase == "status":
        said.say(_told(found))
        return [FORGOTTEN]
    buttons = [labelled("zuruecknehmen", "withdraw"), labelled("nicht_zuruecknehmen", "stop")]
    said.say(Antwort(text=tell("zuruecknehmen.wirklich", titel=found.titel, nummer=found.vorgangsnummer), buttons=buttons))
    return [state.model_copy(update={"phase": "withdraw_sure"}).slot()]


def _unknown(said: Said, state: State) -> list[EventType]:
    return _ask(said, state.model_copy(update={"nummer": None}), tell("status.unbekannt"))


async def _withdraw(said: Said, turn: Turn, state: State, number: str, pin: str) -> list[EventType]:
    try:
        found = await client().withdraw(number, pin, turn.gespraech)
    except NotFound:
        return _unknown(said, state.model_copy(update={"phase": "withdraw"}))
    except Conflict:
        said.say(Antwort(text=tell("zuruecknehmen.nicht_moeglich")))
        return [FORGOTTEN]
    done = tell("zuruecknehmen.erledigt", titel=found.titel, nummer=found.vorgangsnummer)
    said.say(Antwort(text=done, nachtrag=tell("gesendet.demonstration") if found.demonstration else None))
    return [FORGOTTEN]


def _told(found: Vorgang) -> Antwort:
    since = f"{found.seit.astimezone():%d.%m.%Y}"
    lead = tell("status.stand", titel=found.titel, nummer=found.vorgangsnummer, text=found.status_text, seit=since)
    parts = [
        tell("gesendet.weiter", schritt=found.naechster_schritt),
        tell("status.antwort", antwort=found.antwort) if found.antwort else "",
        tell("gesendet.demonstration") if found.demonstration else "",
    ]
    return Antwort(text=lead, nachtrag="\n\n".join(part for part in parts if part))
