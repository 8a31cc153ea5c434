"""What is answered about services: the search and the intent together say what a message is about."""

from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.choice import refers, services_of
from actions.hits import SURE_OF_OBJECT, client, for_age, named_first, named_whole, near, offered_first
from actions.named import lone_word, names, of_one_kind
from actions.said import answered, outside
from actions.story import question_in_story
from actions.topic import Topic, aspect_of, decide
from actions.turn import Turn
from actions.understanding import OUTSIDE, meaning
from core.catalogue import Auskunft
from core.intents import OVERVIEW, TALKING_INTENTS
from language.clauses import leading_question
from language.ellipsis import for_somebody, goes_on, keeps_question, object_of, picks_one
from language.naming import plain

FEW_WORDS = 4
# § 2 BGB
ADULT = 18


async def inform(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType]:
    """Finds the service and answers what was asked, asks back, or offers the nearest. Raises LotseError where the catalogue is away."""
    picked = not turn.pressed and picks_one(turn.text)
    if picked:
        turn = replace(turn, intent=OVERVIEW)  # „zuerst“ sounds like a question for the order of steps
    explained = leading_question(turn.text) if turn.leistung and not turn.pressed else None
    found = await client().search(explained or turn.text, turn.leistung, turn.checkliste)
    if turn.offen and turn.last and refers(turn.text):
        found = await offered_first(turn.text, found, services_of(turn.last))
    if _only_names(turn) or (picked and turn.text_before):
        # „Ich habe etwas verloren.“ – „Den Reisepass.“ Both together say which service.
        both = await client().search(f"{turn.text} {turn.text_before}", turn.leistung)
        if both.treffer and both.treffer[0].score >= SURE_OF_OBJECT and names(turn.text, both.auskunft):
            found = both
    if asked := None if turn.pressed else question_in_story(turn):
        # „Wir sind neu hier. Was kostet die Kita?“: the question names the service, the story only sounds like another.
        alone = await client().search(asked.text, turn.leistung)
        if alone.treffer and alone.treffer[0].score >= SURE_OF_OBJECT and names(asked.text, alone.auskunft):
            found = alone
    if turn.ranking and not turn.pressed:
        meant = meaning(turn.ranking, turn.text, found)
        asks_on = turn.leistung and turn.intent.startswith("frage_")  # „Brauche ich was von ihm?“
        if meant.intent == OUTSIDE and not asks_on and (alike := of_one_kind(turn.text, found) or lone_word(turn.text, found)):
            return await answered(dispatcher, Topic("auswahl", aspect_of(turn), candidates=alike), turn)
        # In the midst of a topic, or after our own question, a message is about it: the intent alone judges.
        if meant.intent == OUTSIDE and not (turn.leistung or turn.offen):
            return outside(dispatcher, turn)
        found = found.model_copy(update={"treffer": meant.treffer or found.treffer})
    if found.kontext and (grown := _for_adults(turn, found.kontext)) and (about := (await client().search(grown)).auskunft):
        return await answered(dispatcher, Topic("antwort", aspect_of(turn), about), turn)
    # „und der vorläufige?“ names its object only together with the service so far.
    follows = keeps_question(turn.text) or goes_on(turn.text)
    if found.kontext and follows and not named_whole(turn.text, found) and (hit := await near(object_of(turn.text), found.kontext)):
        named = (await client().search("", hit.id)).kontext
        return await answered(dispatcher, Topic("antwort", aspect_of(turn), named), turn)
    return await answered(dispatcher, decide(turn, await for_age(turn.text, await named_first(turn.text, found), turn.alter)), turn)


def _for_adults(turn: Turn, context: Auskunft) -> str | None:
    """„und für mich? ich bin 36“ after „Reisepass für Kinder“: the same thing without the children."""
    name, children, _ = plain(context.titel).partition(" für Kinder")
    grown = turn.alter is not None and turn.alter >= ADULT
    return name if children and grown and for_somebody(turn.text) else None


def _only_names(turn: Turn) -> bool:
    """Whether a message after our question back, or after a misunderstanding, names something and asks nothing."""
    lost = bool(turn.offen or turn.misunderstood) and bool(turn.text_before)
    return lost and not turn.pressed and len(turn.text.split()) <= FEW_WORDS and not turn.intent.startswith("frage_")


async def other_object(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType] | None:
    """„und der vorläufige?“ after an answer: the same question about another service, whatever the few words sound like."""
    if turn.pressed or not (turn.leistung and turn.aspekt) or turn.intent not in TALKING_INTENTS or not keeps_question(turn.text):
        return None
    found = await client().search(turn.text, turn.leistung)
    hit = await near(object_of(turn.text), found.kontext) if found.kontext else None
    if hit is None:
        hit = next((one for one in found.treffer if one.score >= SURE_OF_OBJECT), None)
    if hit is None:
        return None
    return await answered(dispatcher, Topic("antwort", turn.aspekt, (await client().search("", hit.id)).kontext), turn)


async def perhaps_outside(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType]:
    """Says that this is outside; what intent and search together take for a service is answered all the same."""
    found = await client().search(turn.text)
    meant = meaning(turn.ranking, turn.text, found)
    if meant.intent == OUTSIDE and not found.checkliste:
        return outside(dispatcher, turn)
    turn = replace(turn, intent=OVERVIEW if meant.intent == OUTSIDE else meant.intent, misunderstood=0)
    return await answered(dispatcher, decide(turn, found), turn)
