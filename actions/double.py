"""Two questions in one message: both are answered, in the order in which they were asked."""

from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.auskunft import answered, client
from actions.facts import FACTS
from actions.topic import LIKELY, OVERVIEW, Topic, names
from actions.turn import Clause, Turn
from actions.voice import voice
from core.catalogue import Auskunft
from katalog.schemas import Suchergebnis
from language.clauses import asks, holds_question, last_piece

# A part counts as a question of its own from this probability of its intent, and names a service from this one.
SURE_OF_QUESTION = 0.35
SURE_OF_SERVICE = 0.5
# Beside the story that it follows, a question counts from here on.
SURE_BESIDE = 0.15


async def two(dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType] | None:
    """Answers both questions; None where the message asks one thing. Raises LotseError where the catalogue is away."""
    if turn.pressed or len(turn.clauses) < 2:
        return None
    found = [await client().search(one.text, turn.leistung) for one in turn.clauses[:2]]
    whole = await client().search(turn.text, turn.leistung)
    topics = _topics(turn, found, whole)
    events: list[EventType] = []
    for topic in topics:
        events = answered(dispatcher, topic, replace(turn, misunderstood=0))
    return events or None


def question_of(turn: Turn) -> str | None:
    """What the part that asks asks, where only one does."""
    asked = [aspect for one in turn.clauses if asks(one.text) and (aspect := _aspect(one))]
    if not asked and asks(last_piece(turn.text)):
        asked = [name for name, share in turn.ranking if name in FACTS and name != OVERVIEW and share >= SURE_BESIDE][:1]
    return asked[0] if len(asked) == 1 else None


def _topics(turn: Turn, found: list[Suchergebnis], whole: Suchergebnis) -> list[Topic]:
    first, second = (_named(one, clause.text) for one, clause in zip(found, turn.clauses[:2], strict=True))
    aspects = [_aspect(one) for one in turn.clauses]
    asking = [holds_question(one.text) for one in turn.clauses]
    if first and second and first.kennung != second.kennung and asking[0] == asking[1]:
        # „Was kostet ein Perso und ein Reisepass?“ and „Perso und Pass. Was kostet das?“ ask the same of both.
        of_both = aspects[2] if len(aspects) > 2 else turn.intent if turn.intent in FACTS and not asking[1] else None
        return [Topic("antwort", aspects[0] or of_both or OVERVIEW, first),
                Topic("antwort", aspects[1] or of_both or aspects[0] or OVERVIEW, second)]  # fmt: skip
    about = first or second or _named(whole, turn.text) or whole.kontext or _sure(whole)
    if about and len(aspects) == 2 and asking[1] and aspects[0] and aspects[1] and aspects[0] != aspects[1]:
        return [Topic("antwort", aspect, about) for aspect in aspects if aspect]
    return []


def _named(found: Suchergebnis, text: str) -> Auskunft | None:
    """The service that a part names; one that is only described may be the story around a question."""
    if voice().sprache != "de":
        return _sure(found)
    likely = found.auskunft if found.treffer and found.treffer[0].score >= LIKELY else None
    return likely if names(text, likely) else None


def _sure(found: Suchergebnis) -> Auskunft | None:
    return found.auskunft if found.treffer and found.treffer[0].score >= SURE_OF_SERVICE else None


def _aspect(clause: Clause) -> str | None:
    """The question of this part, None where it asks for no aspect."""
    return clause.intent if clause.intent in FACTS and clause.intent != OVERVIEW and clause.sure >= SURE_OF_QUESTION else None
