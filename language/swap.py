"""Training sentences with another service put in place of the marked one: the cue of the question counts, the topic does not."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

_MARK = re.compile(r"\[([^\]]*)\]\(leistung\)")


@dataclass(frozen=True)
class Marked:
    """A sentence and the (start, end) of the words that name its service."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()

    @classmethod
    def parse(cls, line: str) -> "Marked":
        """From Rasa's notation: „was kostet ein neuer [Perso](leistung)?“."""
        text, spans, end = "", [], 0
        for found in _MARK.finditer(line):
            text += line[end : found.start()]
            spans.append((len(text), len(text) + len(found[1])))
            text += found[1]
            end = found.end()
        return cls(text + line[end:], tuple(spans))

    def names(self) -> list[str]:
        """The marked words."""
        return [self.text[start:end] for start, end in self.spans]

    def without_names(self) -> str:
        """The sentence without its marked words."""
        return " ".join(self.swapped([""], random.Random(0)).split())

    def swapped(self, names: Sequence[str], rng: random.Random) -> str:
        """The sentence with each marked span replaced by one of ``names``."""
        text = self.text
        for start, end in sorted(self.spans, reverse=True):
            text = text[:start] + rng.choice(names) + text[end:]
        return text


def augmented(sentences: Sequence[Marked], copies: int, titles: Sequence[str] = (), seed: int = 0) -> list[tuple[int, str]]:
    """(index of the sentence, text): each sentence as it is and, where something is marked, ``copies`` swapped ones.

    The names put in are those that other sentences mark; ``titles`` (official ones) make one further copy each.
    """
    rng = random.Random(seed)
    names = [name for sentence in sentences for name in sentence.names()]
    result = []
    for index, sentence in enumerate(sentences):
        result.append((index, sentence.text))
        if sentence.spans:
            result += [(index, sentence.swapped(names, rng)) for _ in range(copies)]
            if titles:
                title = rng.choice(titles)
                result.append((index, sentence.swapped([title, f"„{title}“"], rng)))
    return result
