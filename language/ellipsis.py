"""Short follow-ups that keep the question and change its object: „und beim Reisepass?“, „für Kinder?“."""

from language.folding import fold
from language.stems import STOPWORDS

_OPENING = frozenset("und oder aber bei beim fuer mit and for with what how".split())  # noqa: SIM905
_LEADING = _OPENING | frozenset("okay ok gut ja den die das dem der ein einen eine einem einer was ist wie es about the a".split())  # noqa: SIM905
# „und beim vorläufigen Reisepass für Kinder?“ names its object with four words; longer ones are requests of their own.
MOST_WORDS = 4


def _object(text: str) -> list[str]:
    """The words that are left when the opening is taken away, as typed."""
    kept = text.split()
    while kept and fold(kept[0]).strip(",.?!") in _LEADING:
        kept.pop(0)
    return kept


def _names_something(word: str) -> bool:
    folded = fold(word).strip(",.?!")
    return folded.startswith("neu") or folded == "fuer" or folded not in STOPWORDS


def keeps_question(text: str) -> bool:
    """Whether a message only names another object for the question asked before."""
    named = _object(text)
    typed = text.split()
    opening = {fold(word).strip(",.?!") for word in typed[: len(typed) - len(named)]}  # also „was ist mit …“, „ok, und …“
    return bool(opening & _OPENING) and 0 < len(named) <= MOST_WORDS and all(map(_names_something, named))


def object_of(text: str) -> str:
    """The object that a short follow-up names („und beim Reisepass?“ → „Reisepass?“); any other text as it is."""
    return " ".join(_object(text)) if keeps_question(text) else text
