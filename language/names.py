"""Names of private persons: after words that announce one ("ich heiße", "Frau", "Viele Grüße"), first name with family name, and
either alone where it is nothing else ("Annegret", not "Rosa").

What follows such a word is a name unless it is a word of the language; how much it takes depends on what announced it. Names of
streets, schools and squares stay readable: in "Fritz-Walter-Stadion" the last part says that it is a place.
"""

import re
from collections.abc import Iterator

from language.folding import fold
from language.public_names import is_known as known_to_all
from language.public_names import is_private_alone, is_public
from language.vocabulary import FAMILY, WORDS, Word, is_first, is_known, is_known_word, is_sure_first, plainly_word, sections, words_of

_LISTS = sections("namenshinweise.txt")
# Parts of names that are written small, and only count between two parts.
PARTICLES = frozenset(_LISTS.pop("partikel"))
# What may stand between a cue and the name.
TITLES = frozenset(_LISTS.pop("titel"))
LINKS = frozenset(_LISTS.pop("verbindung"))
# Before "Frau" they make a wife of her.
_OWN = frozenset(_LISTS.pop("eigen"))
_PLACES = "|".join(_LISTS.pop("orte"))
# Cue → how sure it makes a name: the other sections of the list, the first that has it.
CUES = {fold(cue): strength for strength, cues in reversed(_LISTS.items()) for cue in cues}
_LAST_OF_CUES = frozenset(cue.rstrip(":").split()[-1] for cue in CUES)
LONGEST_NAME = 5
LONGEST_CUE = 4

# A place that bears a person's name: "Albert Schweitzer Schule".
_PLACE = re.compile(rf".*(?:{_PLACES})")
_END = re.compile(r"[ \t]*(?:[.,!;)]|\n|$|:-?\)|[^\w\s])")
_GAP = {
    "stark": r"[ \t.:=,\"„»“]{0,6}\n?",
    "anrede": r"[ \t.]{0,3}",
    "verwandt": r"[ \t:,(]{0,3}",
    "kuerzel": r"[ \t:,(.]{0,3}",
    "selbst": r"[ \t:,]{0,3}",
    "gruss": r"[\s,!.–-]{0,6}",
}
_GAPS = {strength: re.compile(gap) for strength, gap in _GAP.items()}


def _may_be_name(word: Word) -> bool:
    return word.upper and (is_known(word) or not is_known_word(word))


def _may_be_family(word: Word) -> bool:
    """Behind a first name also what ends with a word: "Weingärtner"."""
    return word.upper and (word.key in FAMILY or not plainly_word(word.key.rsplit("-", 1)[-1]))


def _is_initial(text: str, word: Word) -> bool:
    return word.upper and len(word.key) == 1 and text[word.end : word.end + 1] == "."


def names(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand in the text, in order; they do not overlap."""
    words = words_of(text)
    at = 0
    while at < len(words):
        found = _at(text, words, at)
        if found:
            yield words[found[0]].start, words[found[1] - 1].end
            at = found[1]
        else:
            at += 1


def _at(text: str, words: list[Word], at: int) -> tuple[int, int] | None:
    """The name that the cue ending with word ``at`` announces, or that begins there: its first word and the one behind its last."""
    if words[at].key in _LAST_OF_CUES:
        for length in range(min(LONGEST_CUE, at + 1), 0, -1):
            cue = " ".join(word.key for word in words[at - length + 1 : at + 1])
            if strength := _strength(text, words, at, cue):
                found = _after_cue(text, words, at, strength)
                if found:
                    return found
    return _free(text, words, at)


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
    while first < len(words) and first - at < 4:
        between = gap.match(text, words[first - 1].end)
        if not between or between.end() != words[first].start:
            return None
        if words[first].key in LINKS and strength == "verwandt":
            linked = True
        elif strength == "stark" and words[first].key in PARTICLES and words[first].key not in TITLES:
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
    last = _last(text, words, first)
    if strength == "gruss" and not _END.match(text, words[last - 1].end):
        return None
    if _is_place(text, words, last) or known_to_all(words, first, last):
        return None
    return begin or first, last


def _announced(text: str, words: list[Word], first: int, strength: str, linked: bool) -> bool:
    """Whether the word behind a cue of this strength is a name."""
    word = words[first]
    if len(word.key) == 1:
        # An initial: "O. Brandt".
        return first + 1 < len(words) and _is_initial(text, word) and _may_be_family(words[first + 1])
    if strength == "selbst" or linked:
        second = words[first + 1] if first + 1 < len(words) and _joined(text, word, words[first + 1]) else None
        unknown = word.upper and not is_known_word(word)
        return is_sure_first(word) or (unknown and second is not None and second.upper and not is_known_word(second))
    if word.upper:
        return is_known(word) or (not is_known_word(word) if strength in ("verwandt", "kuerzel", "gruss") else not plainly_word(word.key))
    if strength in ("verwandt", "kuerzel"):
        return is_sure_first(word)
    return is_first(word) or (strength == "anrede" and word.key in FAMILY) or not is_known_word(word)


def _joined(text: str, word: Word, other: Word) -> bool:
    """Whether nothing but a blank, or the dot of an initial, stands between two words."""
    between = text[word.end : other.start]
    return between in (" ", "  ") or (between in (". ", ".") and len(word.key) == 1)


def _last(text: str, words: list[Word], first: int) -> int:
    """The place behind the last word of the name that begins with word ``first``."""
    last = first + 1
    place = last
    while place < len(words) and place - first < LONGEST_NAME and _joined(text, words[place - 1], words[place]):
        word = words[place]
        before = words[place - 1]
        if _may_be_name(word) or _is_initial(text, word) or ((is_sure_first(before) or _is_initial(text, before)) and _may_be_family(word)):
            last = place + 1
        elif not words[first].upper and not word.upper and (word.key in FAMILY or not is_known_word(word)) and word.key not in PARTICLES:
            last = place + 1
            break
        elif word.key not in PARTICLES:
            break
        place += 1
    return last


def _is_place(text: str, words: list[Word], last: int) -> bool:
    return (
        last < len(words)
        and words[last].upper >= words[last - 1].upper
        and _joined(text, words[last - 1], words[last])
        and _PLACE.fullmatch(words[last].key) is not None
    )


def _free(text: str, words: list[Word], at: int) -> tuple[int, int] | None:
    """A first name and a family name without any cue: "Lena Kraft", "Kraft, Lena"."""
    word = words[at]
    if len(word.key) < 3:
        return None
    if not word.upper:
        return _small(text, words, at)
    if at + 1 == len(words):
        return _alone(text, words, at)
    following = words[at + 1]
    if text[word.end : following.start] == ", " and word.key in FAMILY and following.upper and is_sure_first(following):
        return None if is_public(text, words, at, at + 2) else (at, at + 2)
    if is_first(word) and _joined(text, word, following):
        last = _last(text, words, at)
        if _is_place(text, words, last):
            return None
        if last > at + 1 and (word.key not in WORDS or following.key in FAMILY):
            return None if is_public(text, words, at, last) else (at, last)
    return _alone(text, words, at)


def _small(text: str, words: list[Word], at: int) -> tuple[int, int] | None:
    """A full name in small letters: "dragana jovanović"."""
    if at + 1 == len(words) or not is_sure_first(words[at]) or not _joined(text, words[at], words[at + 1]):
        return None
    family = words[at + 1]
    found = not family.upper and (family.key in FAMILY or (len(family.key) > 3 and not is_known_word(family)))
    return (at, at + 2) if found and not _is_place(text, words, at + 2) and not is_public(text, words, at, at + 2) else None


def _alone(text: str, words: list[Word], at: int) -> tuple[int, int] | None:
    """A first name or family name that stands alone and is nothing else: "Annegret", "Wisniewski"."""
    word = words[at]
    sure = word.key not in WORDS and is_known(word) and not is_known_word(word)
    return (at, at + 1) if sure and not _is_place(text, words, at + 1) and is_private_alone(text, words, at) else None
