"""What belongs to a name: its first word, family names, particles, initials, and how far it goes in the text.

Names of streets, schools and squares are none: in "Fritz-Walter-Stadion" the last part says that it is a place.
"""

import re

from language.vocabulary import FAMILY, Word, is_administrative, is_first, is_known, is_known_word, is_sure_first, plainly_word, sections

LISTS = sections("namenshinweise.txt")
# Parts of names that are written small, and only count between two parts.
PARTICLES = frozenset(LISTS.pop("partikel"))
_PLACES = "|".join(LISTS.pop("orte"))
# Behind these also a noun is a name: "von der Au", but not "vom Amt".
_NOBLE = frozenset({"von", "van", "der", "den", "zu", "zur", "de"})
# "Mila und Nils", "Hildegard u. Ernst".
_AND = re.compile(rf"(?: ?\([0-9]{{1,2}}\))?(?:, | ?[&+/] ?| (?:{'|'.join(LISTS.pop('und'))})\.? )")
LONGEST_NAME = 5
# A family name that is also a noun is short: "Torben Schacht", not "Torben Geburtsurkunde".
LONGEST_NOUN = 8

# A place that bears a person's name: "Albert Schweitzer Schule".
_PLACE = re.compile(rf".*(?:{_PLACES})")


def _may_be_name(word: Word) -> bool:
    return word.upper and (is_known(word) or not is_known_word(word))


def may_be_family(word: Word) -> bool:
    """Behind a first name also what ends with a word: "Weingärtner"."""
    return word.upper and (word.key in FAMILY or not plainly_word(word.key.rsplit("-", 1)[-1]))


def _is_noun(word: Word, least: int = 4) -> bool:
    """Whether a noun may be a family name behind a first name that is none: "Torben Schacht"."""
    return word.upper and least <= len(word.key) <= LONGEST_NOUN and not is_administrative(word.key) and not _PLACE.fullmatch(word.key)


def is_initial(text: str, word: Word) -> bool:
    """The capital and the dot of "O. Brandt"."""
    return word.upper and len(word.key) == 1 and text[word.end : word.end + 1] == "."


def joined(text: str, word: Word, other: Word) -> bool:
    """Whether nothing but a blank, or the dot of an initial, stands between two words."""
    between = text[word.end : other.start]
    return between in (" ", "  ") or (between in (". ", ".") and len(word.key) == 1)


def last_of(text: str, words: list[Word], first: int, announced: bool = False) -> int:
    """The place behind the last word of the name that begins with word ``first``; ``announced``: it is one for sure ("Ben Rohr")."""
    last = first + 1
    place = last
    while place < len(words) and place - first < LONGEST_NAME and joined(text, words[place - 1], words[place]):
        word = words[place]
        before = words[place - 1]
        sure = is_sure_first(before) or (announced and place == first + 1 and is_first(before))
        # "Karl-Heinz von der Au".
        noble = before.key in _NOBLE and is_sure_first(words[first]) and _is_noun(word, 2)
        if noble or _may_be_name(word) or is_initial(text, word) or ((sure or is_initial(text, before)) and may_be_family(word)):
            last = place + 1
        elif (sure and before.upper and _is_noun(word)) or (
            not words[first].upper and not word.upper and (word.key in FAMILY or not is_known_word(word)) and word.key not in PARTICLES
        ):
            last = place + 1
            break
        elif word.key not in PARTICLES:
            break
        place += 1
    return last


def is_place(text: str, words: list[Word], last: int) -> bool:
    """Whether the word behind a name makes a place of it."""
    return (
        last < len(words)
        and words[last].upper >= words[last - 1].upper
        and joined(text, words[last - 1], words[last])
        and _PLACE.fullmatch(words[last].key) is not None
    )


def other_one(text: str, words: list[Word], last: int) -> int | None:
    """Where the name of the next one begins, behind a name: "Mila und Nils Hartkorn", "Leon, Mia"."""
    if last >= len(words):
        return None
    # "und" is a word, "&" is none.
    for begin in (last, last + 1):
        if begin < len(words) and _AND.fullmatch(text[words[last - 1].end : words[begin].start]):
            word = words[begin]
            return begin if is_first(word) and (word.upper or is_sure_first(word)) and word.upper >= words[last - 1].upper else None
    return None
