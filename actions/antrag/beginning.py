"""How a form begins, and begins again with a resume code."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.antrag.asking import Said, ask
from actions.antrag.client import client
from actions.antrag.draft import Draft
from actions.antrag.state import FORGOTTEN, State, state_of
from actions.antrag.texts import tell
from actions.turn import Turn
from core.answer import Antwort
from core.errors import NotFound


async def begin(dispatcher: CollectingDispatcher, leistung: str, turn: Turn) -> list[EventType]:
    """Makes a draft, says what is needed and asks the first question. Raises the catalogue's errors."""
    said, state = Said(dispatcher), state_of(turn.antrag)
    if state and state.filling:
        open_one = await Draft.open(state.id or "")
        said.say(Antwort(text=tell("noch_offen", titel=open_one.title)))
        return []
    draft = Draft.of(await client().begin(leistung, turn.gespraech, turn.key))
    count = len(draft.form.fields({}))
    said.say(draft.about(Antwort(text=tell("beginn", titel=draft.title, bedarf=draft.form.schema.get("description", ""), n=count))))
    return await ask(said, draft, State(phase="field", id=draft.entwurf.id), draft.form.after(None, draft.values))


async def resume(said: Said, turn: Turn, code: str) -> list[EventType]:
    """Goes on where the draft was left. Raises Unavailable, TooMany."""
    try:
        draft = Draft.of(await client().resume(code, turn.gespraech))
    except NotFound:
        said.say(Antwort(text=tell("pause.falsch")))
        return []
    if draft.entwurf.vorgangsnummer:
        said.say(Antwort(text=tell("gesendet.schon", nummer=draft.entwurf.vorgangsnummer)))
        return [FORGOTTEN]
    left = draft.form.last_answered(draft.values)
    following = draft.form.after(left, draft.values)
    return await ask(said, draft, State(phase="field", id=draft.entwurf.id), following, tell("wieder_da", titel=draft.title))
