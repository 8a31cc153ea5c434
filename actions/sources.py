"""The source line: which source says which fact, and how old it is."""

from datetime import date

from actions.copy import render
from core.answer import Fakt
from core.catalogue import Herkunft

# Facts that change often; an older one is shown with the request to check it.
AGEING = {"frage_kosten", "frage_oeffnungszeiten", "frage_kontakt", "frage_zustaendigkeit", "antrag_status"}


def _line(sources: list[Herkunft]) -> str:
    first, rest = sources[0], sources[1:]
    if first.url is None and first.art == "belegt" and rest:
        # A law named as the source: say where it was read.
        return render("quelle_gesetz", q=first, bei=rest)
    return render("quelle", q=first)


def cited(facts: list[Fakt]) -> tuple[list[Fakt], list[str]]:
    """The facts, numbered by their source where there are several, and the source lines in that order."""
    lines = list(dict.fromkeys(_line(fact.quellen) for fact in facts if fact.quellen))
    if len(lines) < 2:
        return facts, lines
    return [fact.model_copy(update={"beleg": lines.index(_line(fact.quellen)) + 1}) if fact.quellen else fact for fact in facts], lines


def is_old(stand: str | None, today: date) -> bool:
    """Whether a fact of this Stand is older than twelve months; unknown counts as old."""
    if stand is None:
        return True
    known = [int(part) for part in stand.split("-")]
    year, month, day = known + [12, 31][len(known) - 1 :]  # of "2025" and "2025-11" the latest day is assumed
    return (today.year - year) * 12 + (today.month - month) - (today.day < day) >= 12


def check_hint(aspect: str, facts: list[Fakt], today: date) -> str | None:
    """The request to check, where an amount, an hour or a telephone number is old."""
    old = [fact for fact in facts if fact.quellen and is_old(fact.quellen[0].stand, today)]
    if aspect not in AGEING or not old:
        return None
    return render("bitte_pruefen.alle" if len(old) == len(facts) else "bitte_pruefen.einige", facts=old)
