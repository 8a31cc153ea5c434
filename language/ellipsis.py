"""Short follow-ups that keep the question and change its object: „und beim Reisepass?“, „für Kinder?“."""

import re

from language.folding import fold
from language.stems import STOPWORDS

_OPENING = frozenset("und un oder aber bei beim fuer mit and for with what how".split())  # noqa: SIM905
_BEFORE = "okay ok gut ja was ist wie es den die das dem der ein einen eine einem einer about the a"
_WHOSE = "sein seinen seine ihr ihren ihre mein meinen meine unser unseren"
_LEADING = _OPENING | frozenset(f"{_BEFORE} {_WHOSE}".split())
# „und der Preis?“ names a question, no object.
_ASPECTS = frozenset("preis preise gebuehr gebuehren frist fristen dauer adresse telefonnummer nummer gueltigkeit".split())  # noqa: SIM905
_WHO = frozenset("wer wem wen wo wohin wann warum wieso who where when why".split())  # noqa: SIM905
_TOO = frozenset(["auch", "ebenfalls"])
_ASKING = frozenset(["was", "wie", "what", "how"])
_ABOUT = frozenset(["mit", "bei", "beim", "about"])
# Small words inside of an object: „für die Betreuung an der Schule“; and behind it: „ein Reisepass für ihn“.
_INSIDE = frozenset("an der die das den dem in im am auf fuer mit von vom zum zur des also".split())  # noqa: SIM905
_BEHIND = frozenset("noch ebenfalls ihn ihm sie ihr ihnen mich mir uns fuer auch denn dann so bitte him her me".split())  # noqa: SIM905
# „und beim vorläufigen Reisepass für Kinder?“; longer ones are requests of their own.
MOST_WORDS = 6


def _object(text: str) -> list[str]:
    """The words that are left when the opening is taken away, as typed."""
    kept = text.split()
    while kept and fold(kept[0]).strip(",.?!") in _LEADING:
        kept.pop(0)
    while len(kept) > 1 and fold(kept[-1]).strip(",.?!") in _BEHIND:
        kept.pop()
    return kept


def _names_something(word: str) -> bool:
    folded = fold(word).strip(",.?!")
    if folded in _ASPECTS or folded in _WHO:
        return False
    return folded.startswith("neu") or folded == "fuer" or folded not in STOPWORDS


def keeps_question(text: str) -> bool:
    """Whether a message only names another object for the question asked before."""
    named = _object(text)
    typed = text.split()
    before = typed[: typed.index(named[0])] if named else []
    opening = {fold(word).strip(",.?!") for word in before}  # also „was ist mit …“, „ok, und …“
    objects = [word for word in named if fold(word).strip(",.?!") not in _INSIDE]
    if opening & _ASKING and not opening & _ABOUT:
        return False  # „und was kost der Spaß?“ asks, „was ist mit dem Reisepass?“ names
    too = bool({fold(word).strip(",.?!") for word in typed[-3:]} & _TOO)  # „internationaler Führerschein auch noch bitte“
    return bool(opening & _OPENING or too) and len(objects) > 0 and len(named) <= MOST_WORDS and all(map(_names_something, objects))


_GOES_ON = re.compile(
    r"^(?:(?:ok|okay|gut|ja|aha|hm|ach|achso|danke|super)[,.!\s]+)*(?:und|un|oder|and|what about|what if|was ist)\b|^(?:wenns?|falls|if)\b"
)
_ASKS = re.compile(
    r"\b(?:was(?! ist)|wie(?! ist)|wo|wann|wer|wohin|welche\w*|wieviel|how|what(?! if| about)|where|when|kost\w*|brauch\w*|zahl\w*"
    r"|dauer\w*"
    r"|muss|muessen|darf|kann|koennen|geht|gibts?|gilt|reicht|frist\w*|unterlagen|(?:does|do|can|is) (?:it|that|this|i|we|there|the))\b"
)
# „und wenn es schnell gehen muss“: the verb belongs to the case.
_IF = re.compile(r"\b(?:wenns?|falls|if)\b")
_ASKS_ANYWHERE = re.compile(
    r"\b(?:was(?! ist)|wie(?! ist)|wo|wann|wer|wohin|welche\w*|wieviel|how|what(?! if| about)|where|when|kost\w*|unterlagen|frist\w*"
    r"|(?:muss|darf|kann|brauch\w*|zahl\w*|do|can) (?:ich|man|er|sie|wir|das|i|we))\b"
)
# Longer ones tell a story of their own.
MOST_WORDS_ON = 14


def goes_on(text: str) -> bool:
    """Whether a message only changes the case: „und wenn ich zwei nehme?“, „und für mich? ich bin 19“, „un beim Brief?“."""
    folded = fold(text)
    if len(folded.split()) > MOST_WORDS_ON or not _GOES_ON.search(folded):
        return False
    return not (_ASKS_ANYWHERE if _IF.search(folded) else _ASKS).search(folded)


_PERSON = r"mich|uns|ihn|sie|ihr|me|us|him|her|(?:mein|unser|dein|my|our)\w*"
_SOMEBODY = re.compile(rf"^(?:und|un|oder|and|ok|okay|gut|ja)?[,\s]*(?:fuer|bei|for) (?:{_PERSON})\b")


def for_somebody(text: str) -> bool:
    """Whether a message only changes whom it is about: „und für mich? ich bin 19“, „für mein Baby“."""
    folded = fold(text)
    return len(folded.split()) <= MOST_WORDS_ON and bool(_SOMEBODY.search(folded)) and not _ASKS.search(folded)


_PICKS = re.compile(
    r"^(?:(?:also|gut|ok|okay|ja|dann)[,\s]+)*(?:zuerst|zunaechst|erst ?mal|erst|als erstes|first)(?: mal)?"
    r" (?:um|mit|beim?|zum|zur|de[rnm]|die|das|ein\w*|mein\w*|the|my)\b"
)
# „Zuerst muss ich das Auto abmelden, was brauche ich?“ says all of it.
MOST_WORDS_PICKED = 5


def picks_one(text: str) -> bool:
    """Whether a message only takes one thing out of what was told before: „zuerst den Führerschein“."""
    folded = fold(text)
    return len(folded.split()) <= MOST_WORDS_PICKED and bool(_PICKS.search(folded)) and not _ASKS.search(folded)


def object_of(text: str) -> str:
    """The object that a short follow-up names („und beim Reisepass?“ → „Reisepass?“); any other text as it is."""
    return " ".join(_object(text)).strip(" ,.?!") if keeps_question(text) else text
