"""Messages that sound like talk, or like no question, and are about a service all the same."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.hits import client
from actions.named import lone_word, names
from actions.said import answered
from actions.talk import texts
from actions.topic import Topic
from actions.turn import Turn
from actions.understanding import OUTSIDE
from core.intents import OVERVIEW
from language.clauses import asks
from language.ellipsis import goes_on, keeps_question
from language.stems import stems

# From here on a question counts beside talk, in the midst of a topic.
ASKED_BESIDE = 0.2
# Talk that few words are easily mistaken for; below this probability it is looked whether they surely name a service.
UNSURE_TALK = (
    "smalltalk", "hilfe", "bot_frage", "bestaetigen", "ablehnen", "abbrechen", "wiederholen", "dank", "lob", "datenschutz_auskunft",
)  # fmt: skip
# These only where a message is hardly more than one word.
LONE_TALK = ("beschwerde",)
FEW_WORDS = 2
SURE_OF_TALK = 0.97
SURELY_NAMED = 0.8
# The record's sentence answers from here on, more often than not.
SURE_OF_SENTENCE = 0.35
# A message that tells little more than an age.
MOST_WORDS = 9


def asked_all_the_same(turn: Turn) -> str | None:
    """The question in a message that is taken for talk: an angry one, or one whose words sound like a wish for plain language."""
    if turn.pressed or turn.intent not in texts("de"):
        return None
    share = next((share for name, share in turn.ranking if name.startswith("frage_") and share >= ASKED_BESIDE), 0.0)
    best = next((name for name, _ in turn.ranking if name.startswith("frage_")), None)
    if turn.intent == "einfache_sprache":  # it asks for no other language, or that would have been heard before
        return best if share else OVERVIEW
    return best if share and turn.leistung else None


async def named_all_the_same(turn: Turn) -> bool:
    """Whether a message that sounds like talk („Und was ist Unterhaltsvorschuss?“) surely names a service."""
    if turn.pressed or turn.intent not in (*UNSURE_TALK, *LONE_TALK) or not stems(turn.text):
        return False
    if not turn.ranking or turn.ranking[0][1] >= SURE_OF_TALK:
        return False
    found = await client().search(turn.text, turn.leistung)
    if turn.intent in LONE_TALK:
        return bool(lone_word(turn.text, found)) and len(turn.text.split()) <= FEW_WORDS  # „Müll“ is no complaint
    return bool(found.treffer) and found.treffer[0].score >= SURELY_NAMED and names(turn.text, found.auskunft)


async def detail_all_the_same(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType] | None:
    """The record's sentence for a question that sounds like talk, in the midst of a topic: „Was darf da nicht rein?“"""
    unsure = turn.ranking and turn.ranking[0][1] < SURE_OF_TALK and turn.intent in (*UNSURE_TALK, OUTSIDE, "nlu_fallback")
    if turn.pressed or not turn.leistung or not unsure or not asks(turn.text) or keeps_question(turn.text) or goes_on(turn.text):
        return None
    found = await client().search(turn.text, turn.leistung)
    if not found.kontext or not found.kontext_saetze or found.kontext_saetze[0].sicher < SURE_OF_SENTENCE:
        return None
    aspect = next((name for name, _ in turn.ranking if name.startswith("frage_")), OVERVIEW)
    return await answered(dispatcher, Topic("antwort", aspect, found.kontext, saetze=tuple(found.kontext_saetze), detail=1.0), turn)


async def for_this_age(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType] | None:
    """„Er ist 12“ in the midst of a topic: the answer once more, for this age."""
    told = turn.alter is not None and turn.alter != turn.alter_before
    if (
        not (told and turn.leistung and turn.aspekt)
        or turn.offen
        or len(turn.text.split()) > MOST_WORDS
        or turn.intent.startswith("frage_")
    ):
        return None
    found = await client().search(turn.text, turn.leistung)
    if found.auskunft and found.treffer and names(turn.text, found.auskunft):
        return None
    return await answered(dispatcher, Topic("antwort", turn.aspekt, found.kontext), turn)
