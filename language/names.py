"""Names of private persons: after words that announce one ("ich heiße", "Frau", "Viele Grüße"), and a first name with a family name.

What follows such a word is a name unless it is a word of the language; how much it takes depends on what announced it. Names of
streets, schools and squares stay readable: in "Fritz-Walter-Stadion" the last part says that it is a place.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from language.folding import fold


def _lines(name: str) -> list[str]:
    text = Path(__file__).with_name(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


FIRST = frozenset(_lines("vornamen.txt"))
FAMILY = frozenset(_lines("nachnamen.txt"))
WORDS = frozenset(_lines("woerter.txt"))
# Parts of names that are written small, and only count between two parts.
PARTICLES = frozenset("von vom van der den dem de da do dos das del della di du la le el al ul abu bin ibn ben ter ten zu zur und y bint".split())
# What may stand between a cue and the name.
TITLES = frozenset("frau herr herrn dr prof med jur mr mrs ms der die eine ein gewisser gewisse gewissen jetzt namens ing dipl hc pan pani".split())
LINKS = frozenset("ist war heisst is named called".split())
LONGEST_NAME = 5
LONGEST_CUE = 4
SHORTEST_COMPOUND = 7

_WORD = re.compile(r"[^\W\d_]+(?:['’`-][^\W\d_]+)*")
_COMPOUND = re.compile(
    r".{3,}(?:ung|heit|keit|schaft|tion|taet|ismus|amt|schein|antrag|ausweis|pass|geld|karte|urkunde|bescheid|hilfe|steuer|vertrag|nummer"
    r"|meister|minister|praesident|leiter|beauftragte)(?:e|en|n|s|es|er|r|in|innen)?"
)
# A place that bears a person's name: "Albert Schweitzer Schule".
_PLACE = re.compile(
    r".*(?:strasse|str|platz|weg|allee|ring|gasse|schule|gymnasium|stadion|halle|haus|kirche|stiftung|preis|park|bruecke|kita|zentrum|institut"
    r"|klinikum|klinik|krankenhaus|heim|saal|denkmal|kaserne|realschule|grundschule|kolleg|hochschule|universitaet|verein|museum)"
)
_I, _END = re.compile(r"[ \t]{0,3}"), re.compile(r"[ \t]*(?:[.,!;)]|\n|$|:-?\)|[^\w\s])")
_GAP = {"stark": r"[ \t.:=,\"„»“]{0,6}\n?", "verwandt": r"[ \t:,(]{0,3}", "selbst": r"[ \t:,]{0,3}", "gruss": r"[\s,!.–-]{0,6}"}
_GAPS = {strength: re.compile(gap) for strength, gap in _GAP.items()}


def _cues() -> dict[str, str]:
    """Cue → how sure it makes a name: the sections of the list."""
    found, section = {}, ""
    for line in _lines("namenshinweise.txt"):
        if line.startswith("["):
            section = line.strip("[]")
        else:
            # "Frau Yilmaz" and "meine Frau Ayşe": the first is the surer; an own one is told apart below.
            found.setdefault(fold(line), section)
    return found


CUES = _cues()
_LAST_OF_CUES = frozenset(cue.rstrip(":").split()[-1] for cue in CUES)
_OWN = frozenset("mein meine meinen meiner meinem unser unsere unserer unserem dein deine ihre seine eine die der keine zur als".split())


class Word(NamedTuple):
    """A word of the text: where it stands and how it is looked up."""

    start: int
    end: int
    key: str
    upper: bool


def _words(text: str) -> list[Word]:
    found = []
    for match in _WORD.finditer(text):
        word = match.group()
        # Scripts without capitals: every word could be a name.
        upper = not word[0].islower() or word[0].lower() == word[0].upper()
        found.append(Word(match.start(), match.end(), _key(word), upper))
    return found


def _key(word: str) -> str:
    return fold(word).replace("ı", "i").replace("đ", "d").replace("’", "'") if not word.isascii() else word.lower()


def _first(word: Word) -> bool:
    return word.key in FIRST or ("-" in word.key and all(part in FIRST for part in word.key.split("-")))


def _sure_first(word: Word) -> bool:
    return _first(word) and word.key not in WORDS


def _known(word: Word) -> bool:
    return word.key in FAMILY or _first(word)


def is_word(word: str) -> bool:
    """Whether a word, as typed, is one of the language."""
    return _plain_word(_key(word))


def _is_word(word: Word) -> bool:
    """Whether it is a word of the language, or a compound that ends with one."""
    return _plain_word(word.key) if "-" not in word.key else _plain_word(word.key.rsplit("-", 1)[1])


@lru_cache(maxsize=20_000)
def _plain_word(key: str) -> bool:
    if key in WORDS or _COMPOUND.fullmatch(key):
        return True
    return len(key) >= SHORTEST_COMPOUND and any(key[cut:] in WORDS for cut in range(3, len(key) - 4))


def _may_be_name(word: Word) -> bool:
    return word.upper and (_known(word) or not _is_word(word))


def names(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand in the text, in order; they do not overlap."""
    words = _words(text)
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
    first = at + 1
    linked = False
    while first < len(words) and first - at < 4:
        between = gap.match(text, words[first - 1].end)
        if not between or between.end() != words[first].start:
            return None
        if words[first].key in LINKS and strength == "verwandt":
            linked = True
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
    return (first, last) if not _is_place(text, words, last) else None


def _announced(text: str, words: list[Word], first: int, strength: str, linked: bool) -> bool:
    """Whether the word behind a cue of this strength is a name."""
    word = words[first]
    if len(word.key) == 1:
        # An initial: "O. Brandt".
        return word.upper and text[word.end : word.end + 2] == ". " and first + 1 < len(words) and _may_be_name(words[first + 1])
    if strength == "selbst" or linked:
        second = words[first + 1] if first + 1 < len(words) and _joined(text, word, words[first + 1]) else None
        unknown = word.upper and not _is_word(word)
        return _sure_first(word) or (unknown and second is not None and second.upper and not _is_word(second))
    if word.upper:
        return _known(word) or (not _is_word(word) if strength != "stark" else word.key not in WORDS and not _COMPOUND.fullmatch(word.key))
    if strength == "verwandt":
        return _sure_first(word)
    return _sure_first(word) or not _is_word(word)


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
        if _may_be_name(word) or (word.upper and len(word.key) == 1 and text[word.end : word.end + 1] == "."):
            last = place + 1
        elif not words[first].upper and not word.upper and (word.key in FAMILY or not _is_word(word)) and word.key not in PARTICLES:
            last = place + 1
            break
        elif word.key not in PARTICLES:
            break
        place += 1
    return last


def _is_place(text: str, words: list[Word], last: int) -> bool:
    return (
        last < len(words)
        and words[last].upper
        and _joined(text, words[last - 1], words[last])
        and _PLACE.fullmatch(words[last].key) is not None
    )


def _free(text: str, words: list[Word], at: int) -> tuple[int, int] | None:
    """A first name and a family name without any cue: "Lena Kraft", "Kraft, Lena"."""
    word = words[at]
    if not word.upper or len(word.key) < 3 or at + 1 == len(words):
        return None
    following = words[at + 1]
    if text[word.end : following.start] == ", " and word.key in FAMILY and following.upper and _sure_first(following):
        return at, at + 2
    if not _first(word) or not _joined(text, word, following):
        return None
    last = _last(text, words, at)
    if last < at + 2 or _is_place(text, words, last):
        return None
    if word.key in WORDS and following.key not in FAMILY:
        return None
    return at, last
