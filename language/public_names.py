"""Names that all may read: of poets, players, saints, figures, firms and storms. And what makes a name without any word before it private.

A name that nothing announces may give way: in a sentence about a concert, a monument or a party it stays readable.
"""

import re

from language.alternatives import either
from language.folding import fold
from language.vocabulary import Word, is_first, sections

_LISTS = sections("bekannte.txt")
_KNOWN = frozenset(tuple(fold(name).split()) for name in _LISTS["namen"])
_KNOWN_WORDS = frozenset(word for name in _KNOWN for word in name)
_LONGEST = max(map(len, _KNOWN))
_AMBIGUOUS = frozenset(_LISTS["zweideutig"])
_BEFORE = frozenset(_LISTS["davor"])
_FIRMS = frozenset(_LISTS["firma"])
_ALONE = frozenset(_LISTS["allein"])
_GIVERS = frozenset(_LISTS["gegeben"])
_BEHIND = frozenset(_LISTS["dahinter"])
_TOPIC = re.compile(either(_LISTS["dazu"]))
_ONOMASTICS = re.compile(rf"\b(?:{'|'.join(_LISTS['namenkunde'])})")
_PRIVATE = re.compile(rf"\b{either(_LISTS['privat'])}")
_FIRST_PERSON = re.compile(r"\b(?:ich|mein|meine[mnrs]?|wir|mir|mich|uns)\b")
# How far around a name its clause is read.
AROUND = 60
# A clause with fewer words beside the name says only the name: "gez. Lena Kraft".
FEW = 2
_CLAUSE = re.compile(r"\.(?=\s+[A-ZÄÖÜ][a-zäöüß]{2})|[!?\n]")
_DATA = re.compile(r"\s?[,:(]\s?[0-9+]|,[^.!?\n]{3,40} [0-9]{1,3}(?![0-9]|[.,][0-9])|[ ]?\n")
# Data, or a line's end, around a name.
_GIVEN = re.compile(r"[:(\n][ ]?\Z")
_SIGNED = re.compile(r"[,.!?:;\n–-]\s*\Z")
# Behind what is signed.
_SIGNED_END = re.compile(r"\s*(?:[.,!]?\s*(?:danke|lg|mfg|gruß|gruss|viele grüße|vielen dank)?[\s.!]*\Z|\n)", re.IGNORECASE)
_END = re.compile(r"[ ]?(?:[.!\n]|\Z)")
# "Maria Rossi, wohnhaft in …".
_APPOSED = re.compile(r"[ ]?[,(–-]")


def is_known(words: list[Word], first: int, last: int) -> bool:
    """Whether a name, with the word before, has that of somebody all know in it: "Fritz Walter", "Frau Holle"."""
    for begin in range(max(0, first - 1), last):
        for end in range(begin + 1, min(len(words), last + 1, begin + _LONGEST) + 1):
            if words[end - 1].key not in _KNOWN_WORDS:
                break
            if end > first and tuple(word.key for word in words[begin:end]) in _KNOWN:
                return True
    return False


def _clause(text: str, words: list[Word], first: int, last: int) -> str:
    start, end = words[first].start, words[last - 1].end
    before = _CLAUSE.split(text[max(0, start - AROUND) : start])[-1]
    behind = _CLAUSE.split(text[end : end + AROUND], maxsplit=1)[0]
    return fold(f"{before} {behind}")


def _word(words: list[Word], at: int) -> str:
    return words[at].key if 0 <= at < len(words) else ""


def is_public(text: str, words: list[Word], first: int, last: int) -> bool:
    """Whether a name that nothing announces is one that all may read."""
    if is_known(words, first, last) or _word(words, first - 1) in _BEFORE or _word(words, last) in _FIRMS:
        return True
    clause = _clause(text, words, first, last)
    return _TOPIC.search(clause) is not None or not (_is_given(text, words, first, last) or _PRIVATE.search(clause))


def _is_given(text: str, words: list[Word], first: int, last: int) -> bool:
    """Whether a name stands where somebody's is given: "für Lena Kraft", "Vorsitz: Lena Kraft", in a line of its own."""
    start, end = words[first].start, words[last - 1].end
    if len(_clause(text, words, first, last).split()) < FEW:
        return True
    if first == 0 and _APPOSED.match(text, end):
        return True
    if _SIGNED.search(text[max(0, start - 3) : start]) and _SIGNED_END.match(text, end):
        return True
    if f"{_word(words, last)} {_word(words, last + 1)}" in _BEHIND:
        return True
    return _word(words, first - 1) in _GIVERS or bool(_GIVEN.search(text[max(0, start - 3) : start])) or bool(_DATA.match(text, end))


def is_private_alone(text: str, words: list[Word], at: int) -> bool:
    """Whether one name that stands alone is a private person's: "für Ngozi", "Danke Rüdiger", "Yusuf und seine Schwester"."""
    word = words[at]
    parts = word.key.split("-")
    if word.key in _AMBIGUOUS or (len(parts) > 1 and not all(map(_is_name, parts))):
        return False
    before, behind = _word(words, at - 1), _word(words, at + 1)
    signed = at + 1 == len(words) and _SIGNED.search(text[max(0, word.start - 3) : word.start]) is not None
    # "Max, 12.05.1980".
    if _DATA.match(text, word.end) or signed or (before == "fuer" and _END.match(text, word.end)):
        return not is_known(words, at, at + 1)
    clause = _clause(text, words, at, at + 1)
    said = (
        (is_first(word) and before != "nicht" and _FIRST_PERSON.search(clause) is not None and not _has_kind(text, words, at))
        or before in _ALONE
        or behind in _BEHIND
        or f"{behind} {_word(words, at + 2)}" in _BEHIND
    )
    return said and _PRIVATE.search(clause) is not None and not is_public(text, words, at, at + 1) and not _ONOMASTICS.search(clause)


def _has_kind(text: str, words: list[Word], at: int) -> bool:
    """Whether a noun before a name says of what kind it is: "Opel Karl", "Regal Billy"."""
    if not at or not words[at - 1].upper or text[words[at - 1].end : words[at].start] != " ":
        return False
    return at > 1 and text[words[at - 2].end : words[at - 1].start] == " "


def _is_name(part: str) -> bool:
    return is_first(Word(0, len(part), part, True))
