"""What the intents learn from besides data/nlu: example questions of the services, and public sentences outside a city's matters."""

from language.out_of_scope import training_half
from language.sentences import questions


def further() -> list[tuple[str, str]]:
    """(intent, sentence). Read here and not through Rasa, whose own passes over training data cost 4 ms a sentence: two minutes."""
    return [*((intent, text) for _, intent, text in questions()), *(("ausserhalb", text) for text in training_half())]
