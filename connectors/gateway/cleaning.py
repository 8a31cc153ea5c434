"""What a citizen typed, made safe to hand on: no control characters, and never a command of Rasa's."""

import unicodedata

MOST_CHARACTERS = 3000

# Rasa reads a leading "/" as a command; NFKC and the featurizer's folding turn the others into one.
_SLASHES = frozenset("/\uff0f\u2044\u2215\u29f8\u2571\u1735")
# Invisible, and only there to hide or reorder what is read: soft hyphen, zero-width space and no-break space, word joiner,
# bidirectional marks. The zero-width joiners stay inside a text: emoji and some scripts need them.
_INVISIBLE = frozenset("\u00ad\u061c\u180e\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff") | {
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
_LEADING_CATEGORIES = ("Zs", "Zl", "Zp", "Cf", "Cc", "Cs")


def _kept(character: str) -> bool:
    if character in "\n\t":
        return True
    # Cc: control characters; Cs: half an emoji, which is no valid UTF-8.
    return character not in _INVISIBLE and unicodedata.category(character) not in ("Cc", "Cs")


def _is_leading(character: str) -> bool:
    return character in _SLASHES or character in "\n\t" or unicodedata.category(character) in _LEADING_CATEGORIES


def clean(text: str) -> str:
    """``text`` without control and invisible characters, without leading slashes and white space around it."""
    kept = "".join(character for character in text.replace("\r\n", "\n").replace("\r", "\n") if _kept(character)).rstrip()
    begin = next((place for place, character in enumerate(kept) if not _is_leading(character)), len(kept))
    return kept[begin:]
