"""Two questions in one message: both are answered, in the order in which they were asked."""

from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.facts import FACTS
from actions.hits import client
from actions.named import all_names, names
from actions.said import answered
from actions.staying import leaves, wholly_names
from actions.story import question_in_story
from actions.topic import LIKELY, Topic
from actions.turn import Clause, Turn
from actions.voice import voice
from core.catalogue import Auskunft
from core.intents import OVERVIEW
from katalog.schemas import Suchergebnis
from language.age import said_age
from language.clauses import asks, holds_question, last_piece, wishes
from language.ellipsis import for_somebody
from language.naming import shared_words

# A part counts as a question of its own from this probability of its intent, and names a service from this one.
SURE_OF_QUESTION = 0.35
SURE_OF_SERVICE = 0.5
# Beside the story that it follows, a question counts from here on.
SURE_BESIDE = 0.15
# The question in a story counts more than the whole, where it is this sure.
SURE_IN_STORY = 0.6
# Two services beside each other, of which only one is asked about, must both be named this surely.
BOTH_NAMED = 0.8


async def two(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType] | None:
    """Answers both questions; None where the message asks one thing. Raises LotseError where the catalogue is away."""
    if turn.pressed or for_somebody(turn.text) or not (_alike(turn) or _two_aspects(turn) or _wish_and_question(turn)):
        return None  # most messages of two parts tell something and ask one thing: no search for these
    found = [await client().search(one.text, turn.leistung) for one in turn.clauses[:2]]
    events: list[EventType] = []
    for topic, clause in zip(await _topics(turn, found), turn.clauses, strict=False):
        asked = turn
        if topic.auskunft and topic.aspect == _aspect(clause):
            own = await client().search(clause.text, topic.auskunft.kennung)
            topic, asked = replace(topic, saetze=tuple(own.kontext_saetze)), replace(turn, text=clause.text)
        events = await answered(dispatcher, topic, replace(asked, misunderstood=0))
    return events or None


def _alike(turn: Turn) -> bool:
    """Whether the first two parts both ask, or both name: they may be about two services."""
    return len(turn.clauses) >= 2 and holds_question(turn.clauses[0].text) == holds_question(turn.clauses[1].text)


def _wish_and_question(turn: Turn) -> bool:
    """„Ich möchte Sperrmüll abholen lassen, und die Laterne ist kaputt, wo melde ich das?“"""
    return len(turn.clauses) == 2 and wishes(turn.clauses[0].text) and not asks(turn.clauses[0].text)


def _two_aspects(turn: Turn) -> bool:
    """Whether two parts ask different things: they may be about one service."""
    aspects = [_aspect(one) for one in turn.clauses]
    if len(aspects) != 2 or None in aspects or aspects[0] == aspects[1]:
        return False
    # „Mein Perso ist abgelaufen, kann ich den verlängern?“ tells and asks.
    first, second = turn.clauses
    asks_first = holds_question(first.text) or wishes(first.text) or first.sure >= SURE_IN_STORY
    return holds_question(second.text) and bool(asks_first)


def sure_question(turn: Turn) -> str | None:
    """What the one question in a story asks, where it alone is clearer than the whole."""
    asked = question_in_story(turn)
    return _aspect(asked) if asked and turn.ranking and asked.sure >= max(SURE_IN_STORY, turn.ranking[0][1]) else None


def question_of(turn: Turn) -> str | None:
    """What the part that asks asks, where only one does."""
    asked = [aspect for one in turn.clauses if asks(one.text) and (aspect := _aspect(one))]
    if not asked and asks(last_piece(turn.text)):
        asked = [name for name, share in turn.ranking if name in FACTS and name != OVERVIEW and share >= SURE_BESIDE][:1]
    return asked[0] if len(asked) == 1 else None


async def _topics(turn: Turn, found: list[Suchergebnis]) -> list[Topic]:
    first, second = (_named(one, clause.text) for one, clause in zip(found, turn.clauses[:2], strict=True))
    aspects = [_aspect(one) for one in turn.clauses]
    sure = _wish_and_question(turn) and all(one.treffer and one.treffer[0].score >= BOTH_NAMED for one in found)
    if sure and first and second and shared_words(first.titel, second.titel):
        sure = False  # „Ich will mich selbstständig machen, wie melde ich das Gewerbe an?“ is about one thing
    if first and second and first.kennung != second.kennung and (_alike(turn) or sure):
        # „Was kostet ein Perso und ein Reisepass?“ and „Perso und Pass. Was kostet das?“ ask the same of both.
        asking = holds_question(turn.clauses[1].text)
        of_both = aspects[2] if len(aspects) > 2 else turn.intent if turn.intent in FACTS and not asking else None
        return [Topic("antwort", aspects[0] or of_both or OVERVIEW, first),
                Topic("antwort", aspects[1] or of_both or aspects[0] or OVERVIEW, second)]  # fmt: skip
    if not _two_aspects(turn):
        return []
    about = first or second
    if about and turn.leistung and not wholly_names(turn.text, about):
        whole = await client().search(turn.text, turn.leistung)
        about = whole.kontext if whole.kontext and not leaves(turn.text, whole) else about
    if about is None:
        whole = await client().search(turn.text, turn.leistung)
        about = _named(whole, turn.text) or await _sibling(turn, whole) or whole.kontext or _sure(whole)
    return [Topic("antwort", aspect, about) for aspect in aspects if aspect] if about else []


async def _sibling(turn: Turn, whole: Suchergebnis) -> Auskunft | None:
    """The service near the one talked about that the message names: „und Express: Preis, und wie schnell geht der?“."""
    context, best = whole.kontext, whole.naechste[0] if whole.naechste else None
    if context is None or best is None or best.score < LIKELY or not shared_words(context.titel, best.titel):
        return None
    more = shared_words(turn.text, best.titel) > shared_words(turn.text, all_names(context))
    return whole.auskunft if more else None


def _named(found: Suchergebnis, text: str) -> Auskunft | None:
    """The service that a part names; one that is only described may be the story around a question."""
    if voice().sprache != "de":
        return _sure(found)
    likely = found.auskunft if found.treffer and found.treffer[0].score >= LIKELY else None
    return likely if names(text, likely) else None


def _sure(found: Suchergebnis) -> Auskunft | None:
    return found.auskunft if found.treffer and found.treffer[0].score >= SURE_OF_SERVICE else None


def _aspect(clause: Clause) -> str | None:
    """The question of this part, None where it asks for no aspect: „bin 52“ tells an age."""
    if said_age(clause.text) is not None and not holds_question(clause.text):
        return None
    return clause.intent if clause.intent in FACTS and clause.intent != OVERVIEW and clause.sure >= SURE_OF_QUESTION else None
