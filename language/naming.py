"""Whether words name something, also as parts of longer words: „Bewohner“ and „Bewohnerparkausweis“."""

from language.stems import stem, stems

# Stems shorter than this are parts of too many words: „Jahr“, „Jahreskarte“.
SHORTEST_PART = 5
# Parts of many names say nothing; nor does what is done with almost every service.
_GENERIC = "schein ausweis karte antrag urkunde erlaubnis bescheinigung anmelden beantragen melden bestellen kind"
GENERIC = frozenset(stem(word) for word in _GENERIC.split())


def shared_words(text: str, name: str, generic: frozenset[str] = GENERIC) -> int:
    """How many topical words of the text stand in the name. ``generic``: stems that do not count; none among a few names to choose from."""
    known, said = set(stems(name)) - generic, set(stems(text)) - generic
    return sum(one in known or any(_part(one, other) for other in known) for one in said)


def coverage(text: str, name: str) -> float:
    """The share of the name's topical words that the text names; 0 to 1."""
    known = set(stems(name)) - GENERIC
    said = set(stems(text)) - GENERIC
    return sum(one in said or any(_part(one, other) for other in said) for one in known) / len(known) if known else 0.0


def _part(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= SHORTEST_PART and (one in other or other in one)
