"""Whether a message inside a form is a question to the city, or a wish about the talk, and no answer."""

import re

from actions.antrag.commands import describes
from actions.antrag.form import Field
from actions.antrag.reading import Refused, read
from actions.turn import Turn
from core.intents import DOING_INTENTS, OVERVIEW, SERVICE_INTENTS
from language.folding import fold

_ASKED = frozenset((*SERVICE_INTENTS, *DOING_INTENTS)) - {OVERVIEW}
_TALK = frozenset(
    ("mensch_sprechen", "hilfe", "datenschutz_auskunft", "datenschutz_loeschen", "bot_frage", "beschwerde", "einfache_sprache", "notfall")
)
_QUESTION_WORD = re.compile(
    r"(?:und |aber |nur |also )?(?:was|wie|wo|wann|wer|warum|wieso|weshalb|wozu|wofuer|wohin|welche[nrsm]?|what|how|why|where)\b"
)
_HELP = re.compile(r"(?:hilfe|help|\?+)[!. ]*")
# Short answers („Bello“) sound like any intent: it counts only where it is sure and something is said.
SURE = 0.6
FEWEST_WORDS = 3


def leads_away(turn: Turn, field: Field | None) -> bool:
    """``field``: the question that waits; None: the summary. A text field takes anything, so that only a clear question leads away."""
    text = turn.text.strip()
    if _HELP.fullmatch(fold(text)):
        return True
    marked = text.endswith("?")
    asks = marked or bool(_QUESTION_WORD.match(fold(text)))
    known = turn.intent in _ASKED or turn.intent in _TALK
    sure = known and _sure(turn)
    if field is not None and field.kind == "text":
        return (asks and (known or not describes(field))) if marked else sure and (asks or (turn.intent in _TALK and not describes(field)))
    if asks:
        return marked or known
    return sure and not _answers(field, text)


def gives_up(turn: Turn, field: Field | None) -> bool:
    """„Ach, lassen wir das sein“: a wish to stop in other words than the command's, and no answer."""
    return turn.intent == "abbrechen" and _sure(turn) and (field is None or field.kind != "text") and not _answers(field, turn.text)


def _sure(turn: Turn) -> bool:
    return len(turn.text.split()) >= FEWEST_WORDS and (not turn.ranking or turn.ranking[0][1] >= SURE)


def _answers(field: Field | None, text: str) -> bool:
    if field is None:
        return False
    try:
        read(field, text)
    except Refused:
        return False
    return True
