"""Test sentences that stand in the training data, to the letter or nearly: they would measure memory, not understanding."""

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from language.alike import ALIKE_LETTERS, bare, same_letters
from language.encoder import CachedEncoder

ALIKE_MEANING = 0.95
# Pairs that share fewer of their letter n-grams cannot reach an edit ratio of 0.9; the ratio itself is slow.
WORTH_COMPARING = 0.55
BLOCK = 200


def leaks(tests: Sequence[str], training: Sequence[str], encoder: CachedEncoder) -> list[tuple[str, str, str]]:
    """(test sentence, training sentence, "edit 0.93" or "cosine 0.97") for each test sentence that is too like one of the training.

    Edit ratio: share of equal letters of both folded texts (2 · equal / sum of lengths); cosine: of the sentence vectors.
    """
    told, known = [bare(text) for text in tests], [bare(text) for text in training]
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 3), dtype=np.float32).fit([*told, *known])
    by_letters, letters = vectorizer.transform(told), vectorizer.transform(known).T.tocsc()
    by_meaning, meaning = encoder.encode(tests), encoder.encode(training).T
    found = []
    for start in range(0, len(tests), BLOCK):
        alike = (by_letters[start : start + BLOCK] @ letters).tocsr()
        cosines = by_meaning[start : start + BLOCK] @ meaning
        for row in range(cosines.shape[0]):
            at = start + row
            nearest = int(cosines[row].argmax())
            if cosines[row, nearest] >= ALIKE_MEANING:
                found.append((tests[at], training[nearest], f"cosine {cosines[row, nearest]:.2f}"))
                continue
            near = alike.getrow(row)
            for place in near.indices[near.data >= WORTH_COMPARING]:
                ratio = same_letters(told[at], known[place])
                if ratio >= ALIKE_LETTERS:
                    found.append((tests[at], training[place], f"edit {ratio:.2f}"))
                    break
    return found
