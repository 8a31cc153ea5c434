"""The questions of a message that asks more than one thing: „Was kostet ein Pass und wie lange dauert das?“."""

import re

_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_ASKS = (
    r"(?:was|wie|wo|wann|wer|wohin|woher|welche[nrsm]?|wieviel|ab wann|bis wann|muss|müssen"
    r"|kann|können|könnt|kostet|kost|zahl\w*|dauert|geht|gibt|darf|ist|sind"
    r"|brauch\w*(?= (?:ich|man|wir|mer|mir|er|sie|es|der|die|das|i|we)\b)"  # „brauche ein Führungszeugnis“ does not ask
    r"|(?:ab|bis|seit|in|für|mit|von|an|bei|nach|zu) (?:welche\w*|wann|wem|was|wie|wieviel)"
    r"|how|what|where|when|which|who|can|do|does|is)"
)
# Nouns that ask by themselves: „der Express-Pass, Preis und Dauer?“
_NOUNS = r"(?:preis|kosten|gebühr\w*|dauer|frist\w*|unterlagen|dokumente|formular|adresse|telefonnummer|öffnungszeiten|gültigkeit)"
# Question marks are often left out; „und“ before a word that asks begins the next question.
_THEN = r"(?:und|un|u|and|sowie|außerdem|ausserdem)"
_AND = re.compile(
    rf",?\s+{_THEN}\s+(?=(?:außerdem |ausserdem |dann |auch )?{_ASKS}\b|{_NOUNS}\s*\?*$)|,\s+(?={_ASKS}\b)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s+(?:und|and|sowie)\s+", re.IGNORECASE)
_HOLDS = re.compile(rf"\b(?:was|wie|wo|wann|wer|wohin|welche[nrsm]?|how|what|where|when)\b|\b{_NOUNS}\s*\?*$", re.IGNORECASE)
_QUESTION = re.compile(rf"\?\s*$|^(?:und |and |außerdem |dann |auch )*{_ASKS}\b", re.IGNORECASE)
_TELLS = re.compile(r"\b(?:hab\w*|hat|bin|ist|sind|war\w*|wohn\w*|leb\w*|arbeit\w*|have|has|am|is|are)\b", re.IGNORECASE)
# What is wished and not only told: „ich möchte Sperrmüll abholen lassen, und …“
_WISH = re.compile(r"\b(?:will|wollen|m(?:ö|oe)cht\w*|w(?:ü|ue)rde\w*|brauch\w*|muss|müssen|need|want)\b", re.IGNORECASE)
MOST_WORDS = 80


def asks(clause: str) -> bool:
    """Whether it is a question: by its mark or its first word."""
    return bool(_QUESTION.search(clause))


def holds_question(clause: str) -> bool:
    """Whether it asks, or at least holds a word that asks: „ich ziehe um: wo kann ich mich ummelden“."""
    return asks(clause) or bool(_HOLDS.search(clause))


def wishes(text: str) -> bool:
    """Whether something is wished for, or has to be."""
    return bool(_WISH.search(text))


def leading_question(text: str) -> str | None:
    """The question with which a message begins, where the rest only explains it: „Muss er zustimmen? Wir haben beide das Sorgerecht“."""
    first, *rest = [one for one in _END.split(text.strip()) if one.strip()] or [""]
    explained = rest and not any(asks(one) or wishes(one) for one in rest) and any(map(_TELLS.search, rest))
    return first if first.rstrip().endswith("?") and explained else None


def last_piece(text: str) -> str:
    """What stands behind the last comma or full stop."""
    pieces = [one.strip() for one in re.split(r"[,.;:!]\s+", text.strip()) if one.strip()]
    return pieces[-1] if pieces else ""


def clauses(text: str) -> list[str]:
    """The parts of a message that may each ask something, in order; empty where it says one thing.

    Two questions; or two things named, and the question about them last where there is one; or what is told and the question.
    """
    if not 3 < len(text.split()) <= MOST_WORDS:
        return []
    sentences = [one.strip() for one in _END.split(text.strip()) if one.strip()]
    parts = [part.strip(" ,") for sentence in sentences for part in _AND.split(sentence) if part and part.strip(" ,")]
    asked = [part for part in parts if asks(part)]
    if len(asked) > 2:
        asked = [
            part for part in asked if holds_question(part.rstrip("?"))
        ]  # „und der vorläufige Pass? wie lange gilt der, was kostet er?“
    if len(asked) < 2 and len(parts) >= 2:
        asked = [part for part in parts if holds_question(part)]
    if len(asked) >= 2:
        return _with_what_is_told(parts, asked)[:2]
    told = [part for part in parts if part not in asked] if asked else sentences
    pieces = [piece.strip() for part in told for piece in (part.split(",") if asked else [part])]
    pairs = [[part.strip(" ,.") for part in both] for piece in pieces if len(both := _BETWEEN.split(piece)) == 2]
    named = pairs[-1] if pairs else [", ".join(told)] if told and asked else []
    return [*named, *asked] if named else []


def _with_what_is_told(parts: list[str], asked: list[str]) -> list[str]:
    """Each question with what is told before it: „Wir heiraten, wann geht das?“."""
    joined, told = [], []
    for part in parts:
        told.append(part)
        if part in asked:
            joined.append(", ".join(told))
            told = []
    return joined
