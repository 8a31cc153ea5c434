"""Words that name a personal number, by groups: as they begin or end inside compounds ("Reisepassnummer") or stand alone ("perso nr")."""

import re
from collections.abc import Iterator

from language.vocabulary import sections

_LISTS = sections("nummernhinweise.txt")
GROUPS = tuple(name for name in _LISTS if " " not in name)
# "Steuer-ID-Nr." is one word of its group.
_NUMBER = r"(?:\.?[ -]?\b(?:id|ident|nr|nummer|no|num|number|code|karte|card)\b)*"


def _by_first_letter() -> str:
    """All of them, parted by their first letter, so that most places of a text are passed at once."""
    rows: dict[str, list[str]] = {}
    for group in GROUPS:
        found: dict[str, tuple[list[str], list[str]]] = {}
        for place, entries in enumerate((_LISTS[group], _LISTS[f"{group} allein"])):
            for entry in entries:
                found.setdefault(entry[0], ([], []))[place].append(entry[1:])
        for first, (begun, alone) in found.items():
            # What has to follow a stem in the same word is read over.
            either = [rf"(?:{'|'.join(begun)})[a-zäöüß]{{0,24}}"] if begun else []
            either += [rf"(?<=\b{first})(?:{'|'.join(alone)})\b"] if alone else []
            rows.setdefault(first, []).append(rf"(?P<{group}_{len(rows.get(first, ()))}{ord(first)}>{'|'.join(either)})")
    return "|".join(rf"{first}(?:{'|'.join(row)})" for first, row in rows.items())


_CUES = re.compile(rf"(?:{_by_first_letter()}){_NUMBER}")


def cues(lowered: str) -> Iterator[tuple[str, int, int]]:
    """The group of each such word in a text in small letters, its start and end."""
    for cue in _CUES.finditer(lowered):
        if cue.lastgroup:
            yield cue.lastgroup.partition("_")[0], cue.start(), cue.end()
