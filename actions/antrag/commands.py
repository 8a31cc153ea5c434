"""What is said about the form itself: back, change, skip, pause, stop, show everything, say it again."""

import re
from typing import Literal, get_args

from actions.antrag.form import Field
from language.folding import fold, words
from language.naming import shared_words

Command = Literal["back", "skip", "pause", "abort", "summary", "repeat", "keep", "change"]
# Longer messages are answers, of which one word sounds like a command.
MOST_WORDS = 9
# From this many characters on an answer describes something, in which something may well be „falsch“.
DESCRIPTION = 300

_PLEASE = r"(?:bitte |ich (?:moechte|will|wuerde gern\w*) |kann ich |koennen wir |lass uns |nein,? |halt,? |ok\w*,? |moment,? )*"
_END = r"(?: bitte| danke)?[.!? ]*"
_LATER = r"(?: (?:weiter|fertig|weiter ?machen|weiter ?schreiben|fortsetzen|ausfuellen|fertig ?machen))?(?: machen)?"
_SAID = r"(?:angegeben|eingegeben|gesagt|geschrieben)"
# The whole message, folded: a command is not a word in a sentence.
_WHOLE: dict[str, tuple[str, ...]] = {
    "back": (
        r"(?:noch ?mal |wieder |gehe? )?(?:eins?|einen|einen schritt|eine frage|ein schritt|ein stueck)? ?zurueck(?: gehen)?",
        r"(?:zur |die )?(?:vorherigen?|vorigen?|letzten?) frage|go back|back",
    ),
    "skip": (
        r"(?:(?:das|die frage|diese frage) )?ueberspring\w*(?: .{0,20})?|skip|aus ?lassen|weg ?lassen|naechste frage|keine angabe",
        r"(?:das )?(?:nicht|net) (?:angeben|sagen|beantworten)|lass\w* (?:ich |wir )?(?:das |die frage )?(?:weg|aus)",
    ),
    "pause": (
        r"(?:eine )?paus\w*(?: machen)?|unterbrechen|(?:den antrag )?(?:zwischen)?speichern|later",
        rf"(?:das |den antrag |den rest |ich )*(?:mach\w* )?(?:ich )?(?:das )?(?:spaeter|nachher|ein andermal){_LATER}",
        # „morgen“ alone is a day.
        r"morgen weiter(?: ?machen)?|(?:das |den rest |ich )*mach\w* (?:ich )?(?:das )?morgen(?: weiter)?",
    ),
    "abort": (
        r"(?:den |das |diesen |meinen |antrag |formular |alles |ganze )*(?:abbrechen|abbruch|verwerfen|loeschen|beenden)",
        r"brich ab|stopp?|cancel",
        r"(?:das )?(?:nicht mehr|doch nicht)(?: (?:machen|weiter ?machen|beantragen))?|(?:noch ?mal )?von vorne?|neu anfangen",
    ),
    "summary": (
        rf"(?:die |eine )?(?:zusammenfassung|uebersicht|summary)|zusammenfassen|was (?:habe|hab) ich .{{0,20}}{_SAID}",
        r"(?:zeig\w* )?(?:mir )?(?:alle |alles )?(?:meine angaben|bisher\w*(?: angaben)?)(?: (?:an)?zeigen)?",
    ),
    "repeat": (
        r"wie bitte|(?:die frage )?(?:noch ?mal|noch einmal|wiederhol\w*)(?: die frage)?|repeat",
        r"(?:was|wie) (?:war|ist|hast du|haben sie) (?:noch ?mal )?(?:die frage|gefragt|gesagt)",
    ),
    "keep": (r"(?:so |das )?(?:bleibt|lassen|stimmt|passt)(?: (?:so|es))?|(?:bleibt|stimmt|passt) so|unveraendert|keep(?: it)?",),
}
_PATTERNS = {command: re.compile(rf"{_PLEASE}(?:{'|'.join(patterns)}){_END}") for command, patterns in _WHOLE.items()}
_WRONG = re.compile(
    r"\b(?:falsch\w*|stimmt (?:gar |doch |so |leider )?nicht|nicht (?:richtig|korrekt)|verschrieben|vertippt|vertan|aender\w*|korrigier\w*"
    r"|berichtig\w*|verbesser\w*|change|wrong|correct)\b"
)
_ABOUT_MINE = re.compile(r"\b(?:ich|angabe|meine?[nrm]?|i)\b")
# What is said instead of an answer that may be left out.
_NOTHING = frozenset(["nein", "nee", "noe", "no", "nix", "nichts", "keine", "keins", "keinen", "weiter", "danke", "bitte"])
_NONE_THERE = re.compile(
    r"(?:nein |das )*(?:hab|habe|weiss|kenne|brauche|gibt es|moechte|will) ?(?:ich )?(?:das |es )?nicht"
    r"|(?:nein )?(?:hab|habe) (?:ich )?keine?n?s?|-+"
)
_LITTLE = frozenset([
    "der", "die", "das", "den", "dem", "des", "ich", "ist", "war", "und", "oder", "von", "mit", "sie", "wie", "was", "falsch", "nicht",
    "stimmt", "aendern", "moechte", "will", "ihr", "ihre",
])  # fmt: skip


def command(text: str, field: Field | None) -> Command | None:
    """What the message asks of the form; None where it answers. ``field``: the question that waits, None at the summary."""
    folded = fold(text).strip()
    if not folded or len(folded.split()) > MOST_WORDS:
        return None
    whole = next((one for one in get_args(Command) if one in _PATTERNS and _PATTERNS[one].fullmatch(folded)), None)
    if whole:
        return whole
    if _WRONG.search(folded) and (field is None or not describes(field) or _ABOUT_MINE.search(folded)):
        return "change"
    if field and not field.required and field.kind != "yes_no":
        bare = folded.strip(" .!")
        if _NONE_THERE.fullmatch(bare) or set(words(bare)) <= _NOTHING:
            return "skip"
    return None


def describes(field: Field) -> bool:
    """Whether its answer is a text of several sentences."""
    return field.kind == "text" and "pattern" not in field.schema and int(field.schema.get("maxLength", DESCRIPTION)) >= DESCRIPTION


def named(text: str, fields: list[Field]) -> list[Field]:
    """The fields whose title or question the message names best: several where it cannot be told, none where it names none."""
    for labels in ([field.title for field in fields], [str(field.schema.get("description", "")) for field in fields]):
        shared = [max(shared_words(text, label, frozenset()), _same_words(text, label)) for label in labels]
        if best := max(shared, default=0):
            return [field for field, count in zip(fields, shared, strict=True) if count == best]
    return []


def _same_words(text: str, label: str) -> int:
    """Also words that are none for the search („Tag“, „Ort“), and the head of a longer one („Name“, „Nachname“)."""
    said = {word for word in words(text) if len(word) > 2 and word not in _LITTLE}
    return sum(any(one == word or (len(one) > 3 and word.endswith(one)) for word in words(label)) for one in said)
