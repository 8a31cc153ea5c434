"""The same answer to another question: said with a hint the second time, and not a third time."""

from actions.copy import copy
from core.answer import Antwort


def is_same(answer: Antwort, last: Antwort | None) -> bool:
    """Whether a citizen would read the same lead and the same facts again."""
    return last is not None and (answer.text, answer.fakten, answer.leistung) == (last.text, last.fakten, last.leistung)


def was_hinted(last: Antwort | None) -> bool:
    """Whether the last answer said already that it is the same."""
    return last is not None and (last.nachtrag or "").endswith(copy()["dasselbe"])


def hinted(answer: Antwort) -> Antwort:
    """The answer with the hint at its end."""
    return answer.model_copy(update={"nachtrag": "\n\n".join(part for part in (answer.nachtrag, copy()["dasselbe"]) if part)})
