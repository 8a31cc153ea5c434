"""Whether words name something, also as parts of longer words: „Bewohner“ and „Bewohnerparkausweis“."""

import re
from pathlib import Path

from language.folding import words
from language.stems import stem, stems

# Stems shorter than this are parts of too many words: „Jahr“, „Jahreskarte“.
SHORTEST_PART = 5
SHORTEST_HEAD = 4
LONG = 9
# Parts of many names say nothing; nor does what is done with almost every service, nor an office that has many of them.
_GENERIC = "schein ausweis karte antrag urkunde erlaubnis bescheinigung anmelden beantragen melden bestellen kind"
_OFFICES = "standesamt rathaus bürgercenter bürgerbüro"
GENERIC = frozenset(stem(word) for word in f"{_GENERIC} {_OFFICES}".split())

# Kinds of services: said alone, they leave open which one.
HEADS = frozenset(stem(word) for word in ("urkunde", "ausweis", "schein", "erlaubnis", "bescheinigung", "genehmigung", "parkausweis"))

_ADDED = re.compile(r"\s*\(.*?\)")
# What makes a service a special case of another, in the languages without a lemma of ours: express, provisional, lost, for children …
_SPECIAL = tuple(Path(__file__).with_name("special_cases.txt").read_text("utf-8").split())


_LOST = ("verlor", "verlier", "gestohl", "geklau", "abhanden")


def is_special(text: str) -> bool:
    """Whether a message in another language says that it is about a special case („lost“, „geçici“, „срочно“)."""
    return any(word.startswith(_SPECIAL) for word in words(text))


def says_lost(text: str) -> bool:
    """Whether something is lost or stolen: nobody says so of what is only applied for."""
    return any(word.startswith(_LOST) for word in words(text))


def plain(title: str) -> str:
    """The title without what is added in brackets: „Auto abmelden (Außerbetriebsetzung)“ → „Auto abmelden“."""
    return _ADDED.sub("", title)


def bears(name: str, head: str) -> bool:
    """Whether the name holds a word of this kind: „Geburtsurkunde“ is an „Urkunde“."""
    return any(word.endswith(head) for word in stems(name))


def shared_words(text: str, name: str, generic: frozenset[str] = GENERIC) -> int:
    """How many topical words of the text stand in the name. ``generic``: stems that do not count; none among a few names to choose from."""
    known, said = set(stems(name)) - generic, set(stems(text)) - generic
    return sum(one in known or any(_part(one, other) for other in known) for one in said)


def says_no_more(text: str, other: str, than: str) -> bool:
    """Whether what the text says of ``other`` it says of ``than`` as well, and something of both: the text cannot tell them apart."""
    of_other, of_than = (_said_of(text, names) for names in (other, than))
    return bool(of_other) and of_other <= of_than


def _said_of(text: str, names: str) -> set[str]:
    """The words of the text that stand in the names, whole or as a part: „Kindergeld“ says more than „Geld“."""
    known = stems(names)
    return {one for one in set(stems(text)) if any(one == word or (len(one) < len(word) and _part(one, word)) for word in known)}


def coverage(text: str, name: str) -> float:
    """The share of the name's topical words that the text names; 0 to 1."""
    known = set(stems(name)) - GENERIC
    said = set(stems(text)) - GENERIC
    return sum(one in said or any(_part(one, other) for other in said) for one in known) / len(known) if known else 0.0


def _part(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) >= SHORTEST_PART and short in long:
        return True
    # „Pass“ is the head of „Reisepass“, „Schwerbehinderte“ and „Schwerbehinderung“ begin alike.
    return (len(short) >= SHORTEST_HEAD and long.endswith(short)) or (len(short) > LONG and short[:LONG] == long[:LONG])
