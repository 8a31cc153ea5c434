"""A message that holds the whole title of a service means that service, whatever else it resembles."""

from collections.abc import Sequence

from language.folding import words

# Letters and two spaces: "Gleichstellungsstelle" counts, "Umzug" does not.
SHORTEST = 10


class Titles:
    """Folded titles of the services, by position."""

    def __init__(self, titles: Sequence[str]) -> None:
        self._titles = [f" {' '.join(words(title))} " for title in titles]

    def named(self, text: str) -> int | None:
        """Position of the longest title that stands in ``text`` as whole words. Short titles of one word are too common to count."""
        said = f" {' '.join(words(text))} "
        found = [i for i, title in enumerate(self._titles) if title in said and len(title) > SHORTEST]
        return max(found, key=lambda i: len(self._titles[i]), default=None)
