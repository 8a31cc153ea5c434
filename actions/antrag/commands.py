"""What is said about the form itself: back, change, skip, pause, stop, show everything."""

import re
from typing import Literal

from actions.antrag.form import Field
from language.folding import fold, words
from language.naming import shared_words

Command = Literal["back", "change", "skip", "pause", "abort", "summary", "keep", "repeat"]
# Longer messages are answers, of which one word sounds like a command.
MOST_WORDS = 9
_LONG_TEXT = 300

_PLEASE = r"(?:bitte |ich (?:moechte|will|wuerde gern\w*) |kann ich |koennen wir |lass uns |nein,? |halt,? |ok\w*,? |moment,? )*"
_END = r"(?: bitte| danke)?[.!? ]*"
_PATTERNS: tuple[tuple[Command, re.Pattern[str]], ...] = tuple(
    (command, re.compile(rf"{_PLEASE}(?:{pattern}){_END}"))
    for command, pattern in (
        (
            "back",
            r"(?:noch ?mal |wieder |gehe? )?(?:eins?|einen|einen schritt|eine frage|ein schritt|ein stueck)? ?zurueck(?: gehen)?"
            r"|(?:zur |die )?(?:vorherigen?|vorigen?|letzten?) frage|go back|back",
        ),
        (
            "skip",
            r"(?:(?:das|die frage|diese frage) )?ueberspring\w*(?: .{0,20})?|skip|aus ?lassen|weg ?lassen|naechste frage|keine angabe"
            r"|(?:das )?(?:nicht|net) (?:angeben|sagen|beantworten)|lass\w* (?:ich |wir )?(?:das |die frage )?(?:weg|aus)",
        ),
        (
            "pause",
            r"(?:eine )?paus\w*(?: machen)?|unterbrechen|(?:den antrag )?(?:zwischen)?speichern"
            r"|(?:das |den antrag |den rest |ich )*(?:mach\w* )?(?:ich )?(?:das )?(?:spaeter|nachher|ein andermal)"
            r"(?: (?:weiter|fertig|weiter ?machen|weiter ?schreiben|fortsetzen|ausfuellen|fertig ?machen))?(?: machen)?"
            r"|morgen weiter(?: ?machen)?|(?:das |den rest |ich )*mach\w* (?:ich )?(?:das )?morgen(?: weiter)?|later",
        ),
        (
            "abort",
            r"(?:den |das |diesen )?(?:antrag |formular |alles |ganze )*(?:abbrechen|abbruch|verwerfen|loeschen|beenden)|abbrechen|brich ab"
            r"|stopp?|(?:das )?(?:nicht mehr|doch nicht)(?: (?:machen|weiter ?machen|beantragen))?|(?:noch ?mal )?von vorne?|neu anfangen|cancel",
        ),
        (
            "summary",
            r"(?:die |eine )?(?:zusammenfassung|uebersicht|summary)|zusammenfassen|was (?:habe|hab) ich .{0,20}(?:angegeben|eingegeben|gesagt|geschrieben)"
            r"|(?:zeig\w* )?(?:mir )?(?:alle |alles )?(?:meine angaben|bisher\w*(?: angaben)?)(?: (?:an)?zeigen)?",
        ),
        (
            "repeat",
            r"wie bitte|(?:die frage )?(?:noch ?mal|noch einmal|wiederhol\w*)(?: die frage)?|(?:was|wie) (?:war|ist|hast du|haben sie)"
            r" (?:noch ?mal )?(?:die frage|gefragt|gesagt)|repeat",
        ),
        ("keep", r"(?:so |das )?(?:bleibt|lassen|stimmt|passt)(?: (?:so|es))?|(?:bleibt|stimmt|passt) so|unveraendert|keep(?: it)?"),
    )
)
_WRONG = re.compile(
    r"\b(?:falsch\w*|stimmt (?:gar |doch |so |leider )?nicht|nicht (?:richtig|korrekt)|verschrieben|vertippt|vertan|aender\w*|korrigier\w*"
    r"|berichtig\w*|verbesser\w*|change|wrong|correct)\b"
)
_WISH = re.compile(r"\b(?:ich|angabe|meine?[nrm]?|i)\b")
_NOTHING = frozenset(("nein", "keine", "keins", "keinen", "nichts", "weiter", "nee", "noe", "no", "nix"))
_NOTHING_AT_ALL = re.compile(
    r"(?:nein |das )*(?:hab|habe|weiss|kenne|brauche|gibt es|moechte|will) ?(?:ich )?(?:das |es )?nicht|(?:nein )?(?:hab|habe) (?:ich )?keine?n?s?|-+"
)


def command(text: str, field: Field | None) -> Command | None:
    """What the message asks of the form; None where it answers. ``field``: the question that waits, None at the summary."""
    folded = fold(text).strip()
    if not folded or len(folded.split()) > MOST_WORDS:
        return None
    for kind, pattern in _PATTERNS:
        if pattern.fullmatch(folded):
            return kind
    if _WRONG.search(folded) and (field is None or not describes(field) or _WISH.search(folded)):
        return "change"
    if field and not field.required and field.kind != "yes_no":
        bare = folded.strip(" .!")
        if bare in _NOTHING or set(words(folded)) <= _NOTHING | {"danke", "bitte"} or _NOTHING_AT_ALL.fullmatch(bare):
            return "skip"
    return None


def describes(field: Field) -> bool:
    """Whether its answer is a text of several sentences, in which something may well be „falsch“."""
    return field.kind == "text" and int(field.schema.get("maxLength", _LONG_TEXT)) >= _LONG_TEXT


def named(text: str, fields: list[Field]) -> list[Field]:
    """The fields whose title or question the message names best: several where it cannot be told, none where it names none."""
    for label in (lambda field: field.title, lambda field: str(field.schema.get("description", ""))):
        shared = [max(shared_words(text, label(field), frozenset()), _same_words(text, label(field))) for field in fields]
        if best := max(shared, default=0):
            return [field for field, count in zip(fields, shared, strict=True) if count == best]
    return []


def _same_words(text: str, label: str) -> int:
    """Also words that are none for the search („Tag“, „Ort“), and the head of a longer one („Name“, „Nachname“)."""
    said = {word for word in words(text) if len(word) > 2 and word not in _LITTLE}
    return sum(any(one == word or (len(one) > 3 and word.endswith(one)) for word in words(label)) for one in said)


_LITTLE = frozenset("der die das den dem des ich ist war und oder von mit sie wie was falsch nicht stimmt aendern moechte will ihr ihre".split())
