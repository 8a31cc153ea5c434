"""Corrections: „nein, ich meinte den vorläufigen“ looks for another service near the one talked about, with the question kept."""

from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.facts import FACTS
from actions.hits import client, near
from actions.said import answered
from actions.topic import Topic, decide
from actions.turn import Turn
from core.intents import OVERVIEW
from language.clauses import holds_question
from language.correction import corrected
from language.naming import coverage, plain, says_no_more, shared_words

# The words alone name another service for sure.
NAMES_ANOTHER = 0.4
# So surely that it counts before what is near the service so far: „ich meinte erst mal den Sterbefall anzeigen“.
SURELY_ANOTHER = 0.95
SURE_AND_NEAR = 0.8
# Of a long message that takes something back only a part was looked at: the whole may say more.
LONG = 16
# „Stopp, noch mal von vorn“ takes back all.
ABOUT_THE_TALK = ("abbrechen", "wiederholen", "mensch_sprechen", "hilfe")


async def taken_back(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType] | None:
    """Answers about what is meant instead; None where nothing is taken back. Raises LotseError where the catalogue is away."""
    rest = corrected(turn.text) if not turn.pressed else None
    if rest is None or (turn.leistung is None and not turn.offen):
        return None
    # „den Express mein ich. Fliege in 2 Wochen“ asks nothing, whatever it sounds like.
    asked = turn.intent if turn.intent in FACTS and turn.intent != OVERVIEW and holds_question(turn.text) else None
    aspect = asked or turn.aspekt or OVERVIEW
    found = await client().search(rest, turn.leistung)
    context = found.kontext
    # „nein, ich meine den vorläufigen“ about what was answered just so: it is the one.
    hit = await near(rest, context) if context and coverage(context.titel, rest) < 1 else None
    first = found.treffer[0] if found.treffer else None
    if hit and first and first.score >= SURELY_ANOTHER and coverage(rest, plain(first.titel)) > coverage(rest, plain(hit.titel)):
        hit = first
    if hit and context and first and first.score >= SURE_AND_NEAR and shared_words(context.titel, first.titel):
        hit = first if first.id != context.kennung else hit  # the likeliest of all is near, too
    if hit and context and says_no_more(rest, hit.titel, context.titel):
        return await answered(dispatcher, Topic("antwort", aspect, context), turn)  # „ABmelden“ after „Hund anmelden oder abmelden“
    if hit is None and context and coverage(context.titel, rest) == 1:
        return await answered(dispatcher, Topic("antwort", aspect, context), turn)
    if hit is None:
        others = [one for one in found.treffer if context is None or one.id != context.kennung]
        hit = others[0] if others and others[0].score >= NAMES_ANOTHER else None
    if hit:
        meant = (await client().search("", hit.id)).kontext
        return await answered(dispatcher, Topic("antwort", aspect, meant), turn)
    if turn.intent in ABOUT_THE_TALK or (not found.treffer and rest != turn.text and len(turn.text.split()) > LONG):
        return None
    if asked and context:
        return await answered(dispatcher, Topic("antwort", asked, context), turn)
    turn = replace(turn, text=rest, intent=asked or OVERVIEW, aspekt=aspect, offen=True, leistung=None)
    return await answered(dispatcher, decide(turn, found.model_copy(update={"kontext": None})), turn)
