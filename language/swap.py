"""Training sentences with another service put in place of the marked one: the cue of the question counts, the topic does not."""

import random
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Marked:
    """A sentence and the (start, end) of the words that name its service."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()

    def names(self) -> list[str]:
        """The marked words."""
        return [self.text[start:end] for start, end in self.spans]

    def swapped(self, names: Sequence[str], rng: random.Random) -> str:
        """The sentence with each marked span replaced by one of ``names``."""
        text = self.text
        for start, end in sorted(self.spans, reverse=True):
            text = text[:start] + rng.choice(names) + text[end:]
        return text


def augmented(sentences: Sequence[Marked], copies: int, seed: int = 0) -> list[tuple[int, str]]:
    """(index of the sentence, text): each sentence as it is and, where something is marked, ``copies`` swapped ones."""
    rng = random.Random(seed)
    names = [name for sentence in sentences for name in sentence.names()]
    result = []
    for index, sentence in enumerate(sentences):
        result.append((index, sentence.text))
        if sentence.spans:
            result += [(index, sentence.swapped(names, rng)) for _ in range(copies)]
    return result
