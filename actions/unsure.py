"""A message of which the NLU is not sure what it asks: „wann kann ich die frühestens beantragen?“ (opening hours .55, deadline .44)."""

from actions.facts import FACTS
from actions.topic import Topic
from actions.turn import Turn
from core.catalogue import Auskunft
from core.intents import OVERVIEW

# From here on the second question may be meant where the record does not answer the first; from there on both are answered.
PERHAPS = 0.2
NEARLY_AS_LIKELY = 0.35


def aspects(turn: Turn, topic: Topic, leistung: Auskunft) -> list[str]:
    """The questions to answer about the service: one, or two that are nearly as likely and both on record."""
    if turn.pressed or len(turn.ranking) < 2 or topic.aspect == OVERVIEW or turn.ranking[0][0] != topic.aspect:
        return [topic.aspect]
    second, share = turn.ranking[1]
    if share < PERHAPS or second == OVERVIEW or second not in FACTS or not FACTS[second](leistung):
        return [topic.aspect]
    if not FACTS[topic.aspect](leistung):
        return [second]
    return [topic.aspect, second] if share >= NEARLY_AS_LIKELY else [topic.aspect]
