"""A message that holds the whole title of a service, or nothing but a name of it, means that service, whatever else it resembles."""

from collections.abc import Sequence

from language.folding import words
from language.stems import stems, topical

# Letters: "Musikschule" counts, "Umzug" does not.
SHORTEST = 8
LONGEST_ENDING = 2
# Words of a name that a sentence is searched for.
LONGEST_NAME = 4


class Titles:
    """Folded titles of the services, by position."""

    def __init__(self, titles: Sequence[str]) -> None:
        folded = [tuple(words(title)) for title in titles]
        self._position = {title: i for i, title in reversed(list(enumerate(folded))) if len(" ".join(title)) > SHORTEST}
        self._lengths = sorted({len(title) for title in self._position}, reverse=True)

    def named(self, text: str) -> int | None:
        """Position of the longest title that stands in ``text`` as whole words. Short titles of one word are too common to count."""
        said = words(text)
        for length in self._lengths:
            for start in range(len(said) - length + 1):
                found = self._position.get(tuple(said[start : start + length]))
                if found is not None:
                    return found
        return None


class Names:
    """Titles and synonyms of the services, as their topical words."""

    def __init__(self, names: Sequence[Sequence[str]]) -> None:
        """``names``: those of each service, by position. Verbs alone („ummelden“) name nothing, nor does what several services share."""
        self._services: dict[tuple[str, ...], list[tuple[int, list[str]]]] = {}
        for position, own in enumerate(names):
            for name in own:
                if (key := tuple(stems(name))) and not name.islower():
                    self._services.setdefault(key, []).append((position, topical(name)))

    def only(self, text: str) -> int | None:
        """Position of the one service whose name is all that ``text`` is about: „Was kostet der Perso?“."""
        said = topical(text)
        named = self._services.get(tuple(stems(text)), [])
        found = {position for position, name in named if all(map(_same_word, said, name))}
        return next(iter(found)) if len(found) == 1 else None


class Mentions:
    """Names of each service that are long enough to stand for it in a sentence: „wir brauchen dann auch eine sterbeurkunde“."""

    def __init__(self, names: Sequence[Sequence[str]]) -> None:
        """``names``: those of each service, by position."""
        self._names = [{tuple(words(name)) for name in own if len(name) > SHORTEST and not name.islower()} for own in names]

    def named(self, text: str, position: int) -> bool:
        """Whether a name of this service stands in the text as whole words."""
        said = words(text)
        spans = {tuple(said[start:end]) for start in range(len(said)) for end in range(start + 1, min(start + LONGEST_NAME, len(said)) + 1)}
        return not self._names[position].isdisjoint(spans)


def _same_word(one: str, other: str) -> bool:
    """Whether two words of one stem differ in their ending only: „zahl“ and „Zähler“ are not the same."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and len(long) - len(short) <= LONGEST_ENDING
