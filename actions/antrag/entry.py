"""The way into forms and cases, before anything else that a message may be."""

from collections.abc import Awaitable, Callable

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.antrag import case as cases
from actions.antrag.asking import Said, ask
from actions.antrag.beginning import resume
from actions.antrag.draft import Draft
from actions.antrag.filling import fill
from actions.antrag.numbers import code_in
from actions.antrag.state import FORGOTTEN, State, state_of
from actions.antrag.texts import tell
from actions.turn import Turn
from core.answer import Antwort
from core.errors import LotseError, NotFound, TooMany

Ordinary = Callable[[CollectingDispatcher, Turn], Awaitable[list[EventType]]]


async def application(dispatcher: CollectingDispatcher, turn: Turn, ordinary: Ordinary) -> list[EventType] | None:
    """Answers what belongs to a form or a case; None: the message belongs to neither. ``ordinary`` answers a question in between."""
    said, state = Said(dispatcher, turn.last), state_of(turn.antrag)
    code = code_in(turn.text)
    new = None if state or code else cases.asks_for_case(turn)
    if not (state or code or new):
        if turn.knopf:  # of a form that is over
            said.say(Antwort(text=tell("vorbei")))
            return []
        return None
    try:
        if code:
            return await resume(said, turn, code)
        if new:
            return await cases.case(said, turn, new) or cases.begin_case(said, new)
        assert state
        events = await (fill(said, turn, state) if state.filling else cases.case(said, turn, state))
        return await _in_between(said, turn, state, ordinary) if events is None else events
    except TooMany:
        said.say(Antwort(text=tell("status.zu_oft")))
        return [] if state and state.filling else [FORGOTTEN]
    except NotFound:
        said.say(Antwort(text=tell("loeschen.weg")))
        return [FORGOTTEN]
    except LotseError:
        said.say(_away(turn, bool(state and state.filling)))
        return []


async def once_more(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType]:
    """The question that waits, in the voice of now."""
    said, state = Said(dispatcher, turn.last), state_of(turn.antrag)
    if state is None:
        return []
    try:
        return await _asked_again(said, state)
    except LotseError:
        said.say(_away(turn, state.filling))
        return []


async def _in_between(said: Said, turn: Turn, state: State, ordinary: Ordinary) -> list[EventType]:
    events = await ordinary(said.dispatcher, turn)
    return [*(event for event in events if event["name"] != "antrag"), *await _asked_again(said, state)]


async def _asked_again(said: Said, state: State) -> list[EventType]:
    before = f"{tell('weiter_mit')}:"
    if not state.filling:
        return cases.ask_again(said, state, before)
    draft = await Draft.open(state.id or "")
    # Nothing waits while a field to change is chosen: then the question goes on where the correction began.
    return await ask(said, draft, state, draft.field(state.feld) or draft.field(state.back_to), before)


def _away(turn: Turn, filling: bool) -> Antwort:
    """The catalogue is away: said honestly, with the question that waits once more."""
    told = tell("ausgefallen" if filling else "ausgefallen_status")
    last = turn.last if turn.last and turn.last.vertraulich else Antwort(text="")
    asked = last.text.removeprefix(told).strip()
    return last.model_copy(update={"text": f"{told} {asked}".strip(), "stoerung": "katalog"})
