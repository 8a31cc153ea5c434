"""Short follow-ups that keep the question and change its object: „und beim Reisepass?“, „für Kinder?“."""

import re

from language.folding import fold

_LEAD = r"((und|oder|aber|okay|ok|gut|ja|and)\s+)?"
_CUE = r"(bei[mn]?|fuer|mit|was ist (mit|bei)|wie ist (es|das) (mit|bei)m?|what about|how about|for|with)"
_OPENING = re.compile(rf"^{_LEAD}{_CUE}\b")
_LEADING = frozenset(
    (
        "und",
        "oder",
        "aber",
        "okay",
        "ok",
        "gut",
        "ja",
        "and",
        "bei",
        "beim",
        "fuer",
        "den",
        "die",
        "das",
        "dem",
        "der",
        "ein",
        "einen",
        "eine",
        "einem",
        "einer",
        "mit",
        "was",
        "ist",
        "wie",
        "es",
        "for",
        "with",
        "the",
    )
)
# "und beim vorläufigen Reisepass für Kinder?" has seven words; longer messages are requests of their own.
MOST_WORDS = 7


def keeps_question(text: str) -> bool:
    """Whether a message only names another object for the question asked before."""
    folded = fold(text).strip(" ?!.")
    return len(folded.split()) <= MOST_WORDS and bool(_OPENING.match(folded) or folded.startswith("und "))


def object_of(text: str) -> str:
    """The object that a short follow-up names („und beim Reisepass?“ → „Reisepass?“); any other text as it is."""
    if not keeps_question(text):
        return text
    kept = text.split()
    while len(kept) > 1 and fold(kept[0]).strip(",") in _LEADING:
        kept.pop(0)
    return " ".join(kept)
