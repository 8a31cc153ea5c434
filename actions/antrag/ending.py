"""The ways out of a form: sent, paused, deleted."""

from rasa_sdk.events import EventType

from actions.antrag.asking import Said, ask_again, say_summary
from actions.antrag.button import labelled
from actions.antrag.client import client
from actions.antrag.draft import Draft
from actions.antrag.state import FORGOTTEN, State
from actions.antrag.texts import tell
from actions.turn import Turn
from core.answer import Antwort, Fakt
from core.errors import Conflict, Invalid, Unavailable
from katalog.applications.schemas import Quittung


async def submit(said: Said, turn: Turn, draft: Draft, state: State) -> list[EventType]:
    """Sends it. The key of a submission whose answer got lost is used again: then it is the same submission, with the same PIN."""
    key = state.key or turn.key
    try:
        receipt = await client().submit(draft.entwurf.id, draft.entwurf.fassung, key)
    except Invalid as invalid:
        wrong = next((one for one in invalid.fehler if draft.field(one["feld"])), None)
        field = draft.field(wrong["feld"]) if wrong else None
        if wrong is None or field is None:
            return await say_summary(said, draft)
        return await ask_again(said, draft, State(phase="field", id=draft.entwurf.id, back_to=""), field, wrong["grund"])
    except Conflict as conflict:
        if conflict.vorgangsnummer:
            return sent_already(said, conflict.vorgangsnummer)
        return await say_summary(said, await Draft.open(draft.entwurf.id))  # changed meanwhile: shown once more
    except Unavailable:
        said.say(draft.about(_unsure(turn)))
        return [state.model_copy(update={"key": key}).slot()]
    said.say(draft.about(_receipt(receipt, draft.title)))
    return [FORGOTTEN]


def _unsure(turn: Turn) -> Antwort:
    buttons = turn.last.buttons if turn.last else []
    return Antwort(text=tell("ausgefallen_absenden"), buttons=buttons, stoerung="katalog")


def _receipt(receipt: Quittung, title: str) -> Antwort:
    day = f"{receipt.eingegangen_am.astimezone():%d.%m.%Y}"
    text = [
        tell("gesendet.fertig", titel=title, tag=day),
        f"{tell('gesendet.nummer', nummer=receipt.vorgangsnummer)}\n{tell('gesendet.pin', pin=receipt.pin)}",
        tell("gesendet.notieren"),
        tell("gesendet.weiter", schritt=receipt.naechster_schritt),
    ]
    return Antwort(
        text="\n\n".join([*text, tell("gesendet.unterlagen")] if receipt.unterlagen else text),
        fakten=[Fakt(text=name, art="unterlage") for name in receipt.unterlagen],
        nachtrag=tell("gesendet.demonstration") if receipt.demonstration else None,
    )


def sent_already(said: Said, number: str | None) -> list[EventType]:
    """Says so; nothing is sent twice."""
    said.say(Antwort(text=tell("gesendet.schon", nummer=number) if number else tell("gesendet.schon_ohne")))
    return [FORGOTTEN]


async def pause(said: Said, draft: Draft) -> list[EventType]:
    """Gives the code to go on with."""
    code = await client().code(draft.entwurf.id)
    until = f"{code.gueltig_bis.astimezone():%d.%m.%Y}"
    said.say(draft.about(Antwort(text=tell("pause.code", titel=draft.title, bis=until, code=code.code))))
    return [FORGOTTEN]


def ask_to_delete(said: Said, draft: Draft, state: State) -> list[EventType]:
    """Asks once whether it is meant."""
    buttons = [labelled("loeschen", "delete"), labelled("behalten", "stay"), labelled("pause", "pause")]
    said.say(draft.about(Antwort(text=tell("loeschen.wirklich", titel=draft.title), buttons=buttons)))
    return [state.model_copy(update={"phase": "delete"}).slot()]


async def delete(said: Said, draft: Draft) -> list[EventType]:
    """Deletes the draft."""
    await client().delete(draft.entwurf.id)
    said.say(Antwort(text=tell("loeschen.erledigt", titel=draft.title)))
    return [FORGOTTEN]
