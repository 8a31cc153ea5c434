"""Whether a word could be a name: lists of first names, family names and words that are none, all folded.

The lists were compiled once. What is in none of them counts as unknown, and unknown words with a capital are names after a word that
announces one; so a missing name costs less than a missing word.
"""

import re
from pathlib import Path
from typing import NamedTuple

from language.folding import fold


def lines(name: str) -> list[str]:
    """The lines of a word list beside this file, without remarks."""
    text = Path(__file__).with_name(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def sections(name: str) -> dict[str, list[str]]:
    """The lines of a word list with [sections]."""
    found: dict[str, list[str]] = {}
    for line in lines(name):
        if line.startswith("["):
            found[line.strip("[]")] = []
        else:
            found[next(reversed(found))].append(line)
    return found


FIRST = frozenset(lines("vornamen.txt"))
FAMILY = frozenset(lines("nachnamen.txt"))
WORDS = frozenset(lines("woerter.txt"))
SHORTEST_COMPOUND = 7

_WORD = re.compile(r"[^\W\d_]+(?:['’`-][^\W\d_]+)*")
# "What's", "Türkiye'de".
_APOSTROPHE = re.compile(r"['`].{0,4}$")
_COMPOUND = re.compile(
    r".{3,}(?:ung|heit|keit|schaft|tion|taet|ismus|amt|schein|antrag|ausweis|pass|geld|karte|urkunde|bescheid|hilfe|steuer|vertrag|nummer"
    r"|meister|minister|kanzler|praesident|leiter|beauftragte|rat|raet|direktor|strasse|weg|platz|schule)(?:e|en|n|s|es|er|r|in|innen)?"
)


class Word(NamedTuple):
    """A word of the text: where it stands and how it is looked up."""

    start: int
    end: int
    key: str
    upper: bool


def words_of(text: str) -> list[Word]:
    """The words of a text, in order."""
    found = []
    for match in _WORD.finditer(text):
        word = match.group()
        # Scripts without capitals: every word could be a name.
        upper = not word[0].islower() or word[0].lower() == word[0].upper()
        found.append(Word(match.start(), match.end(), key_of(word), upper))
    return found


def key_of(word: str) -> str:
    """How a word is looked up: folded, and the letters of other languages as they are typed without their keyboard."""
    return fold(word).replace("ı", "i").replace("đ", "d").replace("’", "'") if not word.isascii() else word.lower()


def is_first(word: Word) -> bool:
    """A first name, also a double one."""
    return word.key in FIRST or ("-" in word.key and all(part in FIRST for part in word.key.split("-")))


def is_sure_first(word: Word) -> bool:
    """A first name that is no word: "Anna", not "Rosa"."""
    return is_first(word) and word.key not in WORDS


def is_known(word: Word) -> bool:
    """A first or a family name; of a double name one part is enough, unless the last says that it is a place."""
    if word.key in FAMILY or is_first(word):
        return True
    parts = word.key.split("-")
    return len(parts) > 1 and any(part in FAMILY or part in FIRST for part in parts) and (parts[-1] in FAMILY or not _plain_word(parts[-1]))


def is_word(word: str) -> bool:
    """Whether a word, as typed, is one of the language."""
    return _plain_word(key_of(word))


def is_known_word(word: Word) -> bool:
    """Whether it is a word of the language, or a compound that ends with one."""
    return _plain_word(_APOSTROPHE.sub("", word.key.rsplit("-", 1)[-1]))


def plainly_word(key: str) -> bool:
    """Whether it is in the list, or ends as only nouns of the administration do."""
    return key in WORDS or is_administrative(key)


def is_administrative(key: str) -> bool:
    """Whether it ends as only nouns of the administration do: "Wohngeldantrag"."""
    return _COMPOUND.fullmatch(key) is not None


def _plain_word(key: str) -> bool:
    if plainly_word(key):
        return True
    return len(key) >= SHORTEST_COMPOUND and any(key[cut:] in WORDS for cut in range(3, len(key) - 4))
