"""Gives words their own spelling back, as far as the texts we know use them: umlauts („Einbuergerung“) and typing errors („Resiepass“).

The sentence vectors have never met a misspelt word, and a letter n-gram finds it only by half: with the errors mended 38 of 43
misspelt messages found their service at first place instead of 28.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from language.detection import detect
from language.folding import fold

_WORD = re.compile(r"[^\W\d_]+")
# Shorter words have too many neighbours: „Kita“ and „Kiste“, „Müll“ and „Mühle“.
SHORTEST = 5
# From this length two letters may be wrong.
LONG = 8
# The work grows with the square of a word's length; „Aufenthaltsbestimmungsrecht“ has 27 letters.
LONGEST = 40
# A word seen once may be a typing error itself.
TRUSTED = 2
# … if a word this common is only a slip away („bekomt“, „kidner“). A wrong letter alone is too little: „Futter“ is no „Mutter“.
COMMON = 20
# Words mended a message: the request stands among them, and the time stays small.
MOST_WORDS = 120


class Spelling:
    """Learned from texts: the spelling of each folded word, and which words lie one letter away."""

    def __init__(self, texts: Iterable[str]) -> None:
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            for word in _WORD.findall(text):
                forms[fold(word)][word] += 1
        self._count = {folded: sum(seen.values()) for folded, seen in forms.items()}
        self._form = {folded: seen.most_common(1)[0][0] for folded, seen in forms.items()}
        plain = {folded for folded, seen in forms.items() if any(fold(form) == form.lower() for form in seen)}
        # „Masse“ is a word of its own: nothing is restored where the plain spelling is used too.
        self._restored = {folded: form for folded, form in self._form.items() if folded not in plain}
        # „Personalausweiß“
        self._restored |= {f"{folded}s": form for folded, form in self._form.items() if folded in plain and re.search(r"......s$", folded)}
        self._near: dict[str, list[str]] = defaultdict(list)
        for folded, count in self._count.items():
            if SHORTEST <= len(folded) <= LONGEST and count >= TRUSTED:
                for shorter in (folded, *_without_one(folded)):
                    self._near[shorter].append(folded)

    def restored(self, text: str) -> str:
        """The text with its misspelt words mended; all others as typed. Messages in other languages stay as they are."""
        if detect(text) != "de":
            return text
        return _WORD.sub(lambda found: self._word(found[0]), text, count=MOST_WORDS)

    def _word(self, word: str) -> str:
        folded = fold(word)
        if folded in self._restored:
            return self._restored[folded]
        seen = self._count.get(folded, 0)
        if not SHORTEST <= len(folded) <= LONGEST or seen >= TRUSTED:
            return word
        meant = self._meant(folded)
        if meant is None or (seen and not self._is_slip(folded, meant)):
            return word
        return self._restored.get(meant, self._form[meant])

    def _is_slip(self, folded: str, meant: str) -> bool:
        """A letter left out, one too many, or two swapped, in a word that is otherwise common."""
        slipped = len(folded) != len(meant) or sorted(folded) == sorted(meant)
        return slipped and folded[0] == meant[0] and self._count[meant] >= COMMON and distance(folded, meant) == 1

    def _meant(self, folded: str) -> str | None:
        """The known word that is nearest by letters, the more common one first; None where none is near enough."""
        keys = {folded, *_without_one(folded)}
        if len(folded) >= LONG:
            keys |= {shorter for key in list(keys) for shorter in _without_one(key)}
        near = {known for key in keys for known in self._near.get(key, ())}
        allowed = 2 if len(folded) >= LONG else 1
        measured = [(distance(folded, known), known) for known in near]
        ranked = [(errors, known[0] != folded[0], -self._count[known], known) for errors, known in measured if errors <= allowed]
        return min(ranked)[-1] if ranked else None


def _without_one(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


def distance(a: str, b: str) -> int:
    """Errors between two words: a letter too many, missing, wrong, or two letters swapped (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(b, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]
