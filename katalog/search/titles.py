"""A message that holds the whole title of a service means that service, whatever else it resembles."""

from collections.abc import Sequence

from language.folding import words

# Letters: "Musikschule" counts, "Umzug" does not.
SHORTEST = 8


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
