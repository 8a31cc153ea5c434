"""Sentences in which no service is meant: the training sentences without a marked service, and the out-of-scope set's half."""

from functools import lru_cache

from language.out_of_scope import training_half
from language.sentences import questions, training
from language.swap import Marked


def marked() -> list[Marked]:
    """Training sentences in which a service is named."""
    return [sentence for _, sentence in training() if sentence.spans]


def sentences() -> tuple[str, ...]:
    """All sentences that mean no service, each once. In ``leistung_suchen`` the situation is the service, also where nothing is marked."""
    return _sentences(training())


@lru_cache(maxsize=1)
def _sentences(known: tuple[tuple[str, Marked], ...]) -> tuple[str, ...]:
    own = [sentence.text for intent, sentence in known if intent != "leistung_suchen" and not sentence.spans]
    return tuple(dict.fromkeys([*own, *training_half()]))


def training_texts() -> list[str]:
    """Everything that anything learns from: training sentences, example questions, the training half of the out-of-scope set."""
    return [*(sentence.text for _, sentence in training()), *(text for _, _, text in questions()), *training_half()]
