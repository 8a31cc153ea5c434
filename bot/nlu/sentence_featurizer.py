"""The sentence vectors as Rasa's dense sentence feature."""

from collections.abc import Callable
from typing import Any

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.further import further
from bot.nlu.views import PARTS, VIEWS, Views, as_typed
from core.settings import Settings
from language.clauses import clauses
from language.encoder import CachedEncoder, Encoder, sentence_encoder

FILE = "views.joblib"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceFeaturizer(GraphComponent):
    """Adds a feature of shape (1, 1024) to each message with text: the vectors of its two views side by side."""

    def __init__(self, name: str, views: Views, storage: ModelStorage, resource: Resource) -> None:
        self._name = name
        self._views = views
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> "SentenceFeaturizer":
        """A featurizer that knows no words yet."""
        return cls(execution_context.node_name, Views(()), model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the words of the training sentences, to mend misspelt ones."""
        self._views = Views([*(one.get(TEXT) for one in training_data.intent_examples), *(text for _, text in further())])
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._views, folder / FILE)
        return self._resource

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **_: Any
    ) -> "SentenceFeaturizer":
        """The trained featurizer."""
        with model_storage.read_from(resource) as folder:
            views: Views = joblib.load(folder / FILE)
        # Encoder and language tables are read at the first call, which no citizen should wait for.
        sentence_encoder().encode(views.of("Guten Tag, ich habe eine Frage"))
        return cls(execution_context.node_name, views, model_storage, resource)

    def process(self, messages: list[Message]) -> list[Message]:
        """Encodes all texts in one call; also those of the parts, where a message asks two things."""
        for message in messages:
            parts = [Message({TEXT: part}) for part in clauses(message.get(TEXT) or "")]
            if parts:
                message.set(PARTS, self._featurized(parts, self._views.of, sentence_encoder()))
        return self._featurized(messages, self._views.of, sentence_encoder())

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """As ``process``, for the training examples; their vectors are kept for the next training."""
        encoder = CachedEncoder.open(Settings().cache_folder, "training")
        self._featurized(training_data.training_examples, as_typed, encoder)
        encoder.save()
        return training_data

    def _featurized(self, messages: list[Message], views_of: Callable[[str], tuple[str, str]], encoder: Encoder) -> list[Message]:
        with_text = [message for message in messages if message.get(TEXT)]
        views = [views_of(message.get(TEXT)) for message in with_text]
        texts = list(dict.fromkeys(view for both in views for view in both))
        vectors = dict(zip(texts, encoder.encode(texts), strict=True))
        for message, (whole, asking) in zip(with_text, views, strict=True):
            message.set(VIEWS, (whole, asking))
            both = np.concatenate([vectors[whole], vectors[asking]])
            message.add_features(Features(both[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._name))
        return messages
