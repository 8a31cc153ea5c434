"""The sentences that the intents learn from."""

from core.intents import DOING_INTENTS, INTENTS, SERVICE_INTENTS
from language.sentences import question_files, questions, training


def test_every_intent_has_sentences() -> None:
    assert {intent for intent, _ in training()} == set(INTENTS)


def test_example_questions_tell_their_service_and_one_of_its_intents() -> None:
    assert question_files()
    assert {intent for _, intent, _ in questions()} == {*SERVICE_INTENTS, *DOING_INTENTS}
    assert all(service and text.strip() == text for service, _, text in questions())
