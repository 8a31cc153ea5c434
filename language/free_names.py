"""Names that no word announces: "Lena Kraft", "Kraft, Lena", "Mila und Nils Hartkorn", and "Annegret", which is nothing else."""

from language.name_parts import is_place, joined, last_of, other_one
from language.public_names import is_private_alone, is_public
from language.vocabulary import FAMILY, WORDS, Word, is_first, is_known, is_known_word, is_sure_first

_TOLD = ("ist mein name", "mein name", "heisse ich", "am apparat")
# Behind an unknown name: what only people do.
_DOES = frozenset({"moechte", "braucht", "wohnt", "zieht", "heiratet", "will", "darf", "beantragt", "bittet", "sucht"})


def free_name(text: str, words: list[Word], at: int) -> tuple[int, int] | None:
    """The name that begins with word ``at``: its first word and the one behind its last."""
    word = words[at]
    if len(word.key) == 1:
        return _initial(text, words, at)
    if len(word.key) < 3:
        return None
    if not word.upper:
        return _small(text, words, at)
    if _is_told_behind(words, at):
        return at, at + 1
    return _inverted(text, words, at) or _couple(text, words, at) or _full(text, words, at) or _alone(text, words, at)


def _is_told_behind(words: list[Word], at: int) -> bool:
    """ "Deubel ist mein Name", "Deubel heiße ich"."""
    behind = " ".join(word.key for word in words[at + 1 : at + 4])
    return behind.startswith(_TOLD) and (is_known(words[at]) or not is_known_word(words[at]))


def _initial(text: str, words: list[Word], at: int) -> tuple[int, int] | None:
    """ "T. Hoffmann", and small where nothing else can be meant."""
    if at + 1 == len(words) or not text.startswith(".", words[at].end) or not joined(text, words[at], words[at + 1]):
        return None
    family = words[at + 1]
    found = family.key in FAMILY if words[at].upper else family.key in FAMILY and family.key not in WORDS
    if not found or family.upper != words[at].upper or is_place(text, words, at + 2):
        return None
    return None if is_public(text, words, at, at + 2) else (at, at + 2)


def _inverted(text: str, words: list[Word], at: int) -> tuple[int, int] | None:
    """ "Kraft, Lena"."""
    if at + 1 == len(words) or text[words[at].end : words[at + 1].start] != ", " or not words[at + 1].upper:
        return None
    word, following = words[at], words[at + 1]
    alone = (at == 0 or text[words[at - 1].end : word.start].endswith(("\n", ": "))) and not is_known_word(word)
    if not is_sure_first(following) or not (word.key in FAMILY or alone):
        return None
    return None if is_public(text, words, at, at + 2) else (at, at + 2)


def _couple(text: str, words: list[Word], at: int) -> tuple[int, int] | None:
    """Two first names before one family name."""
    other = other_one(text, words, at + 1) if is_first(words[at]) else None
    if other is None or "," in text[words[at].end : words[other].start]:
        return None
    last = last_of(text, words, other)
    return (at, last) if last > other + 1 and not is_place(text, words, last) and not is_public(text, words, at, last) else None


def _full(text: str, words: list[Word], at: int) -> tuple[int, int] | None:
    """First name and family name."""
    word = words[at]
    if at + 1 == len(words) or not joined(text, word, words[at + 1]):
        return None
    if not is_first(word):
        does = at == 0 and at + 2 < len(words) and words[at + 2].key in _DOES
        return (at, at + 2) if does and words[at + 1].upper and not is_known_word(word) and not is_known_word(words[at + 1]) else None
    last = last_of(text, words, at)
    if last == at + 1 or (word.key in WORDS and words[at + 1].key not in FAMILY) or is_place(text, words, last):
        return None
    return None if is_public(text, words, at, last) else (at, last)


def _small(text: str, words: list[Word], at: int) -> tuple[int, int] | None:
    """A full name in small letters: "dragana jovanović"."""
    if at + 1 == len(words) or not is_sure_first(words[at]) or not joined(text, words[at], words[at + 1]):
        return None
    family = words[at + 1]
    found = not family.upper and (family.key in FAMILY or (len(family.key) > 3 and not is_known_word(family)))
    return (at, at + 2) if found and not is_place(text, words, at + 2) and not is_public(text, words, at, at + 2) else None


def _alone(text: str, words: list[Word], at: int) -> tuple[int, int] | None:
    """A first name or family name that stands alone and is nothing else: "Annegret", "Wisniewski"."""
    word = words[at]
    sure = word.key not in WORDS and is_known(word) and not is_known_word(word)
    return (at, at + 1) if sure and not is_place(text, words, at + 1) and is_private_alone(text, words, at) else None
