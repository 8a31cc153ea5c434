"""One message inside a form: a command, an answer, or a question in between."""

from dataclasses import replace

from rasa_sdk.events import EventType

from actions.antrag import ending
from actions.antrag.asking import Said, ask, ask_again, ask_next, say_summary
from actions.antrag.button import Pressed, pressed
from actions.antrag.commands import command, named
from actions.antrag.digression import gives_up, leads_away
from actions.antrag.draft import Draft
from actions.antrag.form import Field
from actions.antrag.reading import Refused, read
from actions.antrag.state import SUMMARY, State
from actions.antrag.summary import changeable, so_far, which
from actions.antrag.texts import tell
from actions.antrag.yes_no import yes_or_no
from actions.choice import chosen, meaning_of
from actions.turn import Turn
from core.errors import Invalid

_SEND = ("absenden", "abschicken", "senden", "send", "submit")


async def fill(said: Said, turn: Turn, state: State) -> list[EventType] | None:
    """What the message does to the form, in the slots; None: it is for the rest of the conversation. Raises the catalogue's errors."""
    draft = await Draft.open(state.id or "")
    if draft.entwurf.vorgangsnummer:
        # Delivered again, a submission gets its receipt again; anything else is told that it is too late.
        at_the_end = state.phase == "summary"
        return await ending.submit(said, turn, draft, state) if at_the_end else ending.sent_already(said, draft.entwurf.vorgangsnummer)
    push = _push(turn)
    field = draft.field(state.feld)
    if state.phase == "delete" and (push or turn.text):
        return await _delete(said, turn, state, draft, push)
    action = push.action if push else _command_of(turn, draft, field)
    if action is None and (not turn.text or leads_away(turn, field)):
        return None
    if action == "choice" and push:
        return await _choose(said, draft, state, push)
    if action:
        return await _command(said, turn, draft, state, action, push)
    if state.phase == "change":
        return await _change(said, turn, draft, state)
    if field is None:
        return await _at_summary(said, turn, draft, state)
    return await _answer(said, turn, draft, state, field)


def _command_of(turn: Turn, draft: Draft, field: Field | None) -> str | None:
    """The command that a typed message is. „passt“ is one only where something stands there that may stay."""
    action = command(turn.text, field) if turn.text else None
    if action == "keep" and (field is None or field.name not in draft.values):
        return None
    return action or ("abort" if gives_up(turn, field) else None)


def _push(turn: Turn) -> Pressed | None:
    """The button that was pressed, or whose title was typed."""
    if turn.knopf:
        return pressed(turn.knopf)
    button = chosen(turn.text, turn.last, False) if turn.text else None
    return pressed(meaning_of(button)[1].get("knopf")) if button else None


async def _command(said: Said, turn: Turn, draft: Draft, state: State, action: str, push: Pressed | None) -> list[EventType]:
    field = draft.field(state.feld)
    match action:
        case "pause":
            return await ending.pause(said, draft)
        case "abort":
            return ending.ask_to_delete(said, draft, state)
        case "submit" if field is None and state.phase == "summary":
            return await ending.submit(said, turn, draft, state)
        case "summary":
            said.say(draft.about(so_far(draft.form, draft.values, draft.title)))
            return await ask(said, draft, state, field)
        case "back":
            return await _back(said, draft, state)
        case "change":
            return await _change(said, turn, draft, state, push)
        case "done" if field:
            if field.name not in draft.values:
                return await ask_again(said, draft, state, field, "file")
            return await ask_next(said, draft, state, field.name)
        case "skip" if field and field.required:
            return await ask(said, draft, state, field, tell("frage.pflicht"))
        case "skip" | "keep" if field and (push is None or push.field == field.name):
            return await ask_next(said, draft, state, field.name)
        case "keep" if state.phase == "change":
            return await ask(said, draft, state, draft.field(state.back_to))
    return await ask(said, draft, state, field)


async def _back(said: Said, draft: Draft, state: State) -> list[EventType]:
    before = draft.form.before(state.feld, draft.values)
    if before is None:
        return await ask(said, draft, state, draft.field(state.feld), tell("frage.erste"))
    return await ask(said, draft, _leading_back(state), before)


def _leading_back(state: State) -> State:
    """The state of a correction: after it, the conversation goes on where it began."""
    return state if state.back_to is not None else state.model_copy(update={"back_to": state.feld or SUMMARY})


async def _change(said: Said, turn: Turn, draft: Draft, state: State, push: Pressed | None = None) -> list[EventType]:
    fields = changeable(draft.form, draft.values)
    if push and push.field:
        meant = [field for field in fields if field.name == push.field]
    else:
        meant = named(turn.text, fields) if turn.text and not push else []
    if len(meant) == 1:
        return await ask(said, draft, _leading_back(state), meant[0])
    if not fields:
        return await ask(said, draft, state, draft.field(state.feld), tell("uebersicht.nichts"))
    said.say(draft.about(which(meant or fields, draft.values)))
    return [_leading_back(state).model_copy(update={"phase": "change", "feld": None, "versuche": 0}).slot()]


async def _choose(said: Said, draft: Draft, state: State, push: Pressed) -> list[EventType]:
    """A pressed choice, also of an earlier question: it is changed."""
    field = draft.field(push.field)
    if field is None:
        return await ask(said, draft, state, draft.field(state.feld))
    values: list[object] = [value for value, _ in field.choices] or [False, True]
    if push.number >= len(values):
        return await ask(said, draft, state, draft.field(state.feld))
    if field.name != state.feld:
        state = _leading_back(state)
    return await _keep(said, draft, state, field, values[push.number])


async def _answer(said: Said, turn: Turn, draft: Draft, state: State, field: Field) -> list[EventType]:
    try:
        value = read(field, turn.text)
    except Refused as refused:
        return await ask_again(said, draft, state, field, refused.reason)
    return await _keep(said, draft, state, field, value, turn.text)


async def _keep(said: Said, draft: Draft, state: State, field: Field, value: object, typed: str = "") -> list[EventType]:
    try:
        written = await draft.written(draft.values | {field.name: value})
    except Invalid as invalid:
        reason = next((one["grund"] for one in invalid.fehler if one["feld"] == field.name), "")
        return await ask_again(said, draft, state, field, reason)
    return await ask_next(said, written, state, field.name, typed)


async def _at_summary(said: Said, turn: Turn, draft: Draft, state: State) -> list[EventType]:
    answer = True if turn.text.lower().strip(" .!") in _SEND else yes_or_no(turn.text)
    if answer:
        return await ending.submit(said, turn, draft, state)
    if answer is False:
        return await _change(said, replace(turn, text=""), draft, state)
    if len(named(turn.text, changeable(draft.form, draft.values))) == 1:
        return await _change(said, turn, draft, state)  # „Hausnummer“
    return await say_summary(said, draft, tell("uebersicht.unklar"), key=state.key)


async def _delete(said: Said, turn: Turn, state: State, draft: Draft, push: Pressed | None) -> list[EventType]:
    if push and push.action == "delete":
        return await ending.delete(said, draft)
    wish = command(turn.text, None) if turn.text else None
    if wish == "abort" or (push is None and yes_or_no(turn.text)):
        return await ending.delete(said, draft)
    return await ask(said, draft, state, draft.field(state.feld))
