"""What is stored of this conversation, and its deletion: the answers ask for it, and the gateway does it."""

from contextlib import AbstractContextManager
from functools import lru_cache

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.antrag.yes_no import yes_or_no
from actions.choice import chosen, meaning_of
from actions.copy import render
from actions.said import say
from actions.talk import talk
from actions.turn import Turn
from actions.voice import SHORT, Voice, speaking, voice
from core.answer import Antwort
from core.ids import conversation_code
from core.settings import Settings
from core.vault import Vault

RIGHTS = ("datenschutz_auskunft", "datenschutz_loeschen")
# What the buttons of datenschutz_auskunft and datenschutz_loeschen (data/responses/gespraech*.yml) carry.
SHOW, DELETE = "daten:zeigen", "daten:loeschen"


@lru_cache(maxsize=1)
def _vault() -> Vault:
    return Vault(Settings().secret("secret_key"))


def code_of(conversation: str) -> str:
    """What the citizen names the conversation by, towards the city."""
    return conversation_code(_vault().conversation(conversation))


def say_rights(dispatcher: CollectingDispatcher, turn: Turn) -> None:
    """What is stored, under which code, and whether to delete it."""
    with in_whole():
        say(dispatcher, talk(turn.intent, turn.last, code=code_of(turn.gespraech)))


def own_data(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType] | None:
    """Answers who has pressed or typed one of the two buttons; None: the message is something else."""
    pressed = turn.knopf or _typed(turn)
    if pressed not in (SHOW, DELETE):
        return None
    with in_whole():
        shown = Antwort(text=render("daten.zeigen"), tun="gespraech_zeigen")
        say(dispatcher, shown if pressed == SHOW else Antwort(text=render("daten.geloescht"), tun="gespraech_loeschen"))
    return []


def in_whole() -> AbstractContextManager[None]:
    """Rights are no matter for a short answer: where the language has only those, the text is in English."""
    return speaking(Voice("en") if voice().sprache in SHORT else voice())


def _typed(turn: Turn) -> str | None:
    """„Ja“ to the question whether to delete, or the title of a button."""
    offered = {meaning_of(one)[1].get("knopf"): one for one in turn.last.offered()} if turn.last and turn.text else {}
    if DELETE not in offered and SHOW not in offered:
        return None
    button = chosen(turn.text, turn.last, False)
    if button:
        return meaning_of(button)[1].get("knopf")
    # Where both are offered, „ja“ means neither.
    return DELETE if SHOW not in offered and yes_or_no(turn.text) else None
