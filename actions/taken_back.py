"""Corrections: „nein, ich meinte den vorläufigen“ looks for another service near the one talked about, with the question kept."""

from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.auskunft import answered, client
from actions.facts import FACTS
from actions.topic import OVERVIEW, Topic, decide, shares_a_word
from actions.turn import Turn
from core.catalogue import Auskunft, Treffer
from language.correction import corrected
from language.stems import topic

# The words alone name another service for sure.
NAMES_ANOTHER = 0.4
# Together with the name of the one talked about they name one near it: this share of all others.
NEAR_IT = 0.5


async def taken_back(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType] | None:
    """Answers about what is meant instead; None where nothing is taken back. Raises LotseError where the catalogue is away."""
    rest = corrected(turn.text) if not turn.pressed else None
    if rest is None or (turn.leistung is None and not turn.offen):
        return None
    asked = turn.intent if turn.intent in FACTS and turn.intent != OVERVIEW else None
    aspect = asked or turn.aspekt or OVERVIEW
    words = topic(rest) or rest  # „den Perso“ is found as „Perso“
    found = await client().search(words, turn.leistung)
    context = found.kontext
    hit = await _near(words, context) if context else None
    if hit is None:
        others = [one for one in found.treffer if context is None or one.id != context.kennung]
        hit = others[0] if others and others[0].score >= NAMES_ANOTHER else None
    if hit:
        meant = (await client().search("", hit.id)).kontext
        return answered(dispatcher, Topic("antwort", aspect, meant), turn)
    if asked and context:
        return answered(dispatcher, Topic("antwort", asked, context), turn)
    turn = replace(turn, text=rest, intent=asked or OVERVIEW, aspekt=aspect, offen=True, leistung=None)
    return answered(dispatcher, decide(turn, found.model_copy(update={"kontext": None})), turn)


async def _near(words: str, context: Auskunft) -> Treffer | None:
    """The service near the one talked about whose name holds what was said („ABmelden“ after „Gewerbe anmelden“)."""
    near = await client().search(f"{words} {context.titel}", context.kennung)
    others = [hit for hit in near.naechste if hit.id != context.kennung]
    whole = sum(hit.score for hit in others)
    if not others or others[0].score < NEAR_IT * whole or not shares_a_word(words, others[0].titel):
        return None
    return others[0]
