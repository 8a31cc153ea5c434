"""Back to what was talked about before: „nochmal zur Wohnung, bis wann muss ich das machen?“."""

import re

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.hits import client
from actions.named import all_names
from actions.said import answered
from actions.staying import ONLINE
from actions.topic import Topic, aspect_of
from actions.turn import Turn
from core.intents import OVERVIEW
from language.folding import fold
from language.naming import shared_words

_BACK = re.compile(
    r"\b(?:(?:zurueck|noch ?mal|nochmals|wieder|weiter) (?:zu[rm]?|mit|beim?|wegen|die|den|das)|back to|vorhin|von eben|von vorher)\b"
)


async def back(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType] | None:
    """Answers about the earlier service that is named; None where none is. Raises LotseError where the catalogue is away."""
    if turn.pressed or len(turn.verlauf) < 2 or not _BACK.search(fold(turn.text)):
        return None
    earlier = [one for key in turn.verlauf if (one := (await client().search("", key)).kontext)]
    said = [shared_words(turn.text, all_names(one), frozenset()) for one in earlier]
    best = max(said, default=0)
    if not best:
        return None
    asked = aspect_of(turn)
    if asked != "frage_online" and ONLINE.search(fold(turn.text)):
        return None  # „nochmal zur Abmeldung, was kostet die online?“ is about another service
    aspect = (turn.aspekt or OVERVIEW) if asked == OVERVIEW else asked
    return await answered(dispatcher, Topic("antwort", aspect, earlier[said.index(best)]), turn)
