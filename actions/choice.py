"""Which offered button a typed message means: by its title, by its place („das zweite“) or by words of its title („der für Kinder“)."""

import json
import re
from collections.abc import Sequence

from core.answer import Antwort, Button
from language.folding import fold, words
from language.naming import shared_words
from language.ordinal import place_of

REFUSE = "/ablehnen"
# Longer messages say more than which one.
MOST_WORDS = 12
FIRST_WORDS = 5
# Shorter words stand in many others.
LONG_ENOUGH = 5
# „Was kostet ein Reisepass?“ asks anew; „was kostet der für Kinder?“ chooses.
_REFERS = re.compile(
    r"^(?:(?:nein|ja|also|na|aeh|ich meine|mein\w*)[,\s]+)*(?:die|der|das|den|dem|the one)(?:jenige\w*)?"
    r" (?:von|vom|fuers?|mit|zum|zur|bei\w?|aus|ueber|wo|wenn|um|for|about)\b"
)
_PRONOUN = re.compile(r"\b(?:hab\w*|ist|is|war|wurde) (?:ich )?(?:ihn|sie|es|er|mir)\b|\b(?:er|sie|es) (?:ist|is|war|wurde|soll)\b")
_ASKS_ANEW = re.compile(r"^(was|wie|wo|wann|welche)\b.*\bein(e[nr]?)?\b.*\?$")


def chosen(text: str, last: Antwort | None, asked_back: bool) -> Button | None:
    """The button of the last answer; None where the message says something else. ``asked_back``: the last answer was a question."""
    if last is None:
        return None
    offered = last.offered()
    titles = {fold(button.title).strip(" ?.!"): button for button in reversed(offered)}
    if exact := titles.get(fold(text).strip(" ?.!")):
        return exact
    listed = [fact.button for fact in last.fakten if fact.button] or offered if asked_back or any(f.button for f in last.fakten) else []
    candidates = [button for button in listed if button.payload != REFUSE]
    place = place_of(text)
    if place is not None and not candidates and last.leistung is None:
        candidates = [button for button in offered if meaning_of(button)[1]]  # what was offered after a misunderstanding
    if place is not None:
        return candidates[place] if -len(candidates) <= place < len(candidates) else None
    if not asked_back or _ASKS_ANEW.search(fold(text).strip()):
        return None
    # „Die Eheurkunde, wir haben 1969 geheiratet und feiern bald“: what is chosen is said first.
    said = text if len(text.split()) <= MOST_WORDS else re.split(r"[,.;!]\s", text)[0]
    return _by_words(said, candidates) if said is text or len(said.split()) <= FIRST_WORDS else None


def _by_words(text: str, candidates: Sequence[Button]) -> Button | None:
    # „Zweitwohnungsteuer“ is no „Steuer-Identifikationsnummer“, though one word of that is a part of it.
    known = {head for button in candidates for head in words(button.title)}
    said = [word for word in words(text) if word in known or not any(head in word for head in known if len(head) >= LONG_ENOUGH)]
    shared = [shared_words(" ".join(said), button.title, frozenset()) for button in candidates]
    best = max(shared, default=0)
    return candidates[shared.index(best)] if best and shared.count(best) == 1 else None


def refers(text: str) -> bool:
    """Whether a message tells more about one of what was offered: „die von unserer Hochzeit“."""
    short = len(text.split()) <= MOST_WORDS and bool(_PRONOUN.search(fold(text)))  # „verloren hab ich ihn, brauche einen Ersatz“
    return short or bool(_REFERS.search(fold(text)))


def services_of(last: Antwort) -> list[str]:
    """The services that the last answer offered."""
    return [key for button in last.offered() if (key := meaning_of(button)[1].get("leistung"))]


def meaning_of(button: Button) -> tuple[str, dict[str, str]]:
    """(intent, entities) of a payload."""
    intent, _, rest = button.payload.removeprefix("/").partition("{")
    return intent, json.loads("{" + rest) if rest else {}
