"""The intent model as a component of Rasa's graph."""

import logging
from typing import Any

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.further import further
from bot.nlu.intent_model import IntentModel
from bot.nlu.titles import official_titles
from bot.nlu.views import PARTS, VIEWS
from core.settings import Settings
from language.encoder import CachedEncoder, Vectors
from language.swap import Marked

logger = logging.getLogger(__name__)
FILE = "intent_model.joblib"
RANKING = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent, RasaIntentClassifier):
    """Sets intent and ranking. Learns from the text, the marked services and the sentence vectors."""

    def __init__(self, model: IntentModel, storage: ModelStorage, resource: Resource) -> None:
        self._model = model
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> "IntentClassifier":
        """An untrained classifier."""
        return cls(IntentModel(), model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Trains and persists."""
        examples = training_data.intent_examples
        sentences = [Marked(one.get(TEXT), tuple((entity["start"], entity["end"]) for entity in one.get(ENTITIES, []))) for one in examples]
        more = further()
        sentences += [Marked(text) for _, text in more]
        intents = [*(one.get(INTENT) for one in examples), *(intent for intent, _ in more)]
        encoder = CachedEncoder.open(Settings().cache_folder, "training")
        accuracy = self._model.fit(sentences, intents, encoder.encode, official_titles())
        encoder.save()
        logger.warning("intents: %d sentences, %.3f right on the held-out fifth", len(sentences), accuracy)
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / FILE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing to add to the examples."""
        return training_data

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **_: Any
    ) -> "IntentClassifier":
        """The trained classifier."""
        with model_storage.read_from(resource) as folder:
            return cls(joblib.load(folder / FILE), model_storage, resource)

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the intent of each message with text, and of its parts ("clauses") where it asks two things."""
        for message in messages:
            if not message.get(TEXT):
                continue
            ranking = self._ranking(message)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
            parts = message.get(PARTS, [])
            message.set("clauses", [{"text": part.get(TEXT), **self._ranking(part)[0]} for part in parts], add_to_output=True)
        return messages

    def _ranking(self, message: Message) -> list[dict[str, Any]]:
        probabilities = self._model.probabilities(message.get(VIEWS), _vectors(message))
        order = probabilities.argsort()[::-1][:RANKING]
        return [{"name": self._model.classes[i], "confidence": float(probabilities[i])} for i in order]


def _vectors(message: Message) -> tuple[Vectors, Vectors]:
    """The vectors of both views that SentenceFeaturizer left at the message."""
    _, sentence = message.get_dense_features(TEXT, [])
    whole, asking = np.split(sentence.features[0], 2)
    return whole, asking
