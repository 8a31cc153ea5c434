"""The two views of a message that the intent is judged by: all of it, and the sentence that asks; misspelt words mended."""

from collections.abc import Iterable

from language.focus import focus
from language.spelling import Spelling

# Where SentenceFeaturizer leaves them at the message for IntentClassifier.
VIEWS = "views"
# The parts of a message that asks two things, as messages of their own.
PARTS = "parts"


class Views:
    """Learned from the training sentences: their words are those that the intents hang on."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self._spelling = Spelling(sentences)

    def of(self, text: str) -> tuple[str, str]:
        """(whole message, sentence that asks); the same text twice for a short message."""
        return as_typed(self._spelling.restored(text))


def as_typed(text: str) -> tuple[str, str]:
    """The views of a training sentence: its own words are known, there is nothing to mend."""
    return text, focus(text)
