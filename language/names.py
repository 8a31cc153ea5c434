"""Names of private persons: after words that announce one ("ich heiße", "Frau", "Viele Grüße"), first name with family name, and
either alone where it is nothing else ("Annegret", not "Rosa").

What follows such a word is a name unless it is a word of the language; how much it takes depends on what announced it. Names of
streets, schools and squares stay readable: in "Fritz-Walter-Stadion" the last part says that it is a place.
"""

import re
from collections.abc import Iterator

from language.folding import fold
from language.free_names import free_name
from language.name_parts import LISTS, PARTICLES, is_initial, is_place, joined, last_of, may_be_family, other_one
from language.public_names import is_known as known_to_all
from language.vocabulary import FAMILY, WORDS, Word, is_first, is_known, is_known_word, is_sure_first, plainly_word, words_of

_LISTS = dict(LISTS)
# What may stand between a cue and the name.
TITLES = frozenset(_LISTS.pop("titel"))
LINKS = frozenset(_LISTS.pop("verbindung"))
# Before "Frau" they make a wife of her.
_OWN = frozenset(_LISTS.pop("eigen"))
# "Ein geborener Pfälzer" is no name.
_ORIGIN = frozenset(_LISTS.pop("herkunft"))
# Cue → how sure it makes a name: the other sections of the list, the first that has it.
CUES = {fold(cue): strength for strength, cues in reversed(_LISTS.items()) for cue in cues}
_LAST_OF_CUES = frozenset(cue.rstrip(":").split()[-1] for cue in CUES)
LONGEST_CUE = 4
# "Ich heiße seit der Heirat aber Deubel".
LONGEST_GAP = 6
# No German word has another letter.
_FOREIGN = re.compile(r"[^a-zäöüßéA-ZÄÖÜ'’-]")

_END = re.compile(r"[ \t]*(?:[.,!;)]|\n|$|:-?\)|[^\w\s])")
_GAP = {
    "stark": r"[ \t.:=,\"„»“]{0,6}\n?",
    "anrede": r"[ \t.]{0,3}",
    "geboren": r"[ ]",
    "verwandt": r"[ \t:,(]{0,3}",
    "kuerzel": r"[ \t:,(.]{0,3}",
    "selbst": r"[ \t:,]{0,3}",
    "gruss": r"[\s,!.–-]{0,6}",
}
_GAPS = {strength: re.compile(gap) for strength, gap in _GAP.items()}


def names(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand in the text, in order; they do not overlap."""
    words = words_of(text)
    at = 0
    while at < len(words):
        found = _at(text, words, at)
        if not found:
            at += 1
        while found:
            yield words[found[0]].start, words[found[1] - 1].end
            at = found[1]
            other = other_one(text, words, at)
            found = (other, last_of(text, words, other, announced=True)) if other is not None else None


def _at(text: str, words: list[Word], at: int) -> tuple[int, int] | None:
    """The name that the cue ending with word ``at`` announces, or that begins there: its first word and the one behind its last."""
    if words[at].key in _LAST_OF_CUES:
        for length in range(min(LONGEST_CUE, at + 1), 0, -1):
            cue = " ".join(word.key for word in words[at - length + 1 : at + 1])
            if strength := _strength(text, words, at, cue):
                found = _after_cue(text, words, at, strength)
                if found:
                    return found
    return free_name(text, words, at)


def _strength(text: str, words: list[Word], at: int, cue: str) -> str | None:
    behind = text[words[at].end : words[at].end + 1]
    if behind in (":", "=") and f"{cue}:" in CUES:
        return CUES[f"{cue}:"]
    strength = CUES.get(cue)
    # "meine Frau Ayşe", not "Frau Yilmaz": what is said of one's own wife in small letters is seldom a name.
    if cue == "frau" and at and words[at - 1].key in _OWN:
        return "verwandt"
    return strength


def _after_cue(text: str, words: list[Word], at: int, strength: str) -> tuple[int, int] | None:
    gap = _GAPS[strength]
    first, begin = at + 1, 0
    linked = False
    while first < len(words) and first - at < LONGEST_GAP:
        between = gap.match(text, words[first - 1].end)
        if not between or between.end() != words[first].start:
            return None
        if words[first].key in LINKS and strength == "verwandt":
            linked = True
        elif strength != "gruss" and not words[first].upper and words[first].key in PARTICLES and words[first].key not in TITLES:
            # "geborene von Hohenfels": what is written small begins the name.
            begin = begin or first
        elif words[first].key not in TITLES:
            break
        first += 1
        gap = _GAPS["stark"]
    else:
        return None
    if not _announced(text, words, first, strength, linked):
        return None
    last = last_of(text, words, first, announced=True)
    if strength == "gruss" and not _END.match(text, words[last - 1].end):
        return None
    if is_place(text, words, last) or known_to_all(words, first, last):
        return None
    return begin or first, last


def _announced(text: str, words: list[Word], first: int, strength: str, linked: bool) -> bool:
    """Whether the word behind a cue of this strength is a name."""
    word = words[first]
    if len(word.key) == 1:
        # An initial: "O. Brandt".
        if first + 1 == len(words) or not joined(text, word, words[first + 1]):
            return False
        small = strength in ("gruss", "anrede") and not word.upper and text[word.end : word.end + 1] == "."
        return (is_initial(text, word) and may_be_family(words[first + 1])) or (small and not is_known_word(words[first + 1]))
    if strength == "geboren":
        return word.upper and word.key not in _ORIGIN
    if strength == "selbst" or linked:
        second = words[first + 1] if first + 1 < len(words) and joined(text, word, words[first + 1]) else None
        unknown = word.upper and not is_known_word(word)
        family = word.upper and word.key in FAMILY and word.key not in WORDS
        return is_sure_first(word) or family or (unknown and second is not None and second.upper and not is_known_word(second))
    if word.upper:
        if _FOREIGN.search(text, word.start, word.end):
            return True
        return is_known(word) or (not is_known_word(word) if strength in ("verwandt", "kuerzel", "gruss") else not plainly_word(word.key))
    if strength in ("verwandt", "kuerzel"):
        return is_sure_first(word) or all(part in FAMILY and part not in WORDS for part in word.key.split("-"))
    return is_first(word) or (strength == "anrede" and word.key in FAMILY) or not is_known_word(word)
