"""Many patterns as one, parted by their first letter, so that most places of a text are passed at once."""

from collections.abc import Iterable


def either(patterns: Iterable[str]) -> str:
    """A group that matches where one of the patterns does; those that begin with a word's limit come first."""
    begun: dict[str, list[str]] = {}
    for pattern in patterns:
        limit, rest = (r"\b", pattern[2:]) if pattern.startswith(r"\b") else ("", pattern)
        plain = rest[:1].isalpha() and rest[1:2] not in ("?", "*", "{", "|")
        begun.setdefault(limit + rest[0] if plain else "", []).append(rest[1:] if plain else pattern)
    groups = [rf"{first}(?:{'|'.join(rest)})" if first else "|".join(rest) for first, rest in sorted(begun.items(), reverse=True)]
    return f"(?:{'|'.join(groups)})"
