"""Yes or no, as people say it."""

from language.folding import fold, words

_YES = frozenset([
    "ja", "jo", "joa", "jep", "jup", "jupp", "yes", "yep", "yeah", "klar", "logisch", "natuerlich", "sicher", "genau", "richtig", "stimmt",
    "korrekt", "gerne", "gern", "jawohl", "freilich", "ok", "okay", "einverstanden", "selbstverstaendlich", "doch", "passt",
])  # fmt: skip
_NO = frozenset(["nein", "ne", "nee", "noe", "nope", "no", "nie", "niemals", "nicht", "kein", "keine", "keinen", "keinesfalls", "nix"])
_FIRST = frozenset(["ja", "jo", "jep", "yes", "nein", "ne", "nee", "noe", "no"])
_DOUBT = ("weiss nicht", "weiss ich nicht", "weiss es nicht", "keine ahnung", "vielleicht", "unsicher", "kommt drauf an", "nicht sicher")
# Longer messages tell a story, unless they begin with the word itself.
MOST_WORDS = 6


def yes_or_no(text: str) -> bool | None:
    """True, False, or None where a message says neither."""
    said, folded = words(text), fold(text)
    if not said or any(doubt in folded for doubt in _DOUBT):
        return None
    if said[0] in _FIRST:
        return said[0] in _YES
    if len(said) > MOST_WORDS:
        return None
    if _NO & set(said):
        return False
    return True if _YES & set(said) else None
