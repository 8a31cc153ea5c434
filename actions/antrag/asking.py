"""Says the next question of a form and keeps in the slot which one waits."""

from dataclasses import dataclass

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.antrag import question
from actions.antrag.draft import Draft
from actions.antrag.form import Field
from actions.antrag.shown import shown
from actions.antrag.state import SUMMARY, State
from actions.antrag.summary import before_sending
from actions.antrag.texts import tell
from actions.voice import voice
from core.answer import Antwort
from language.folding import fold


@dataclass(frozen=True)
class Said:
    """Where the answers go. What is said here may hold what a form asked: all of it is confidential. ``last``: what was said before."""

    dispatcher: CollectingDispatcher
    last: Antwort | None = None

    def say(self, answer: Antwort) -> None:
        """Utters it; what was said just so before, with the way to a person: nobody hears the same three times in a row."""
        if self.last and (answer.text, answer.nachtrag) == (self.last.text, self.last.nachtrag):
            told = [*filter(None, [answer.nachtrag]), tell("nicht_weiter_status")]
            answer = answer.model_copy(update={"nachtrag": "\n\n".join(told)})
        spoken = answer.model_copy(update={"vertraulich": True, "sprache": "de" if voice().sprache == "de" else "en"})
        self.dispatcher.utter_message(json_message=spoken.model_dump(mode="json"))


async def ask(said: Said, draft: Draft, state: State, field: Field | None, before: str = "") -> list[EventType]:
    """Asks this field, or for the whole where there is none."""
    if field is None:
        return await say_summary(said, draft, before, key=state.key)
    link = await draft.upload_address(field)
    said.say(draft.about(question.ask(draft.form, field, draft.values, before, link)))
    return [state.model_copy(update={"phase": "field", "feld": field.name, "versuche": 0}).slot()]


async def ask_again(said: Said, draft: Draft, state: State, field: Field, reason: str) -> list[EventType]:
    """Asks this field once more: the answer did not fit."""
    tries = state.versuche + 1
    link = await draft.upload_address(field)
    said.say(draft.about(question.ask_again(draft.form, field, draft.values, reason, tries, link)))
    return [state.model_copy(update={"phase": "field", "feld": field.name, "versuche": tries}).slot()]


async def ask_next(said: Said, draft: Draft, state: State, answered: str, typed: str = "") -> list[EventType]:
    """Asks what comes after the field that was answered; after a correction, first what it has opened and then where it began."""
    values = draft.values
    if state.back_to is None:
        following = draft.form.after(answered, values)
    elif state.back_to == SUMMARY:
        following = draft.form.missing(values)
    else:
        names = [field.name for field in draft.form.fields(values)]
        opened = draft.form.missing(values)
        place = names.index(state.back_to) if state.back_to in names else -1
        before_it = opened and place >= 0 and names.index(opened.name) < place
        following = opened if before_it else draft.field(state.back_to) or draft.form.after(answered, values)
        if following and following.name == answered:
            following = draft.form.after(answered, values)
        if not before_it:
            state = state.model_copy(update={"back_to": None})
    return await ask(said, draft, state, following, _noted(draft, answered, typed))


def _noted(draft: Draft, name: str, typed: str) -> str:
    """What was understood, where it does not read as it was typed: „nächsten Freitag“."""
    field = draft.field(name)
    if field is None or not typed or name not in draft.values or field.kind in ("text", "email", "yes_no"):
        return ""
    value = shown(field, draft.values[name])
    return "" if fold(value) == fold(typed) else tell("frage.notiert", wert=value)


async def say_summary(said: Said, draft: Draft, before: str = "", key: str | None = None) -> list[EventType]:
    """All values, and whether to send them; first what is missing."""
    if (missing := draft.form.missing(draft.values)) is not None:
        return await ask(said, draft, State(phase="field", id=draft.entwurf.id, back_to=SUMMARY), missing, before)
    said.say(draft.about(before_sending(draft.form, draft.values, draft.title, before)))
    return [State(phase="summary", id=draft.entwurf.id, key=key).slot()]
