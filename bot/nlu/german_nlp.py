"""Rasa's SpacyNLP with the German pipeline of the settings behind it (genuine de_core_news_md, or the embedded one)."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP

from core.settings import Settings
from language import pipeline


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MODEL_LOADER, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER],
    is_trainable=False,
    model_from="GermanNLP",
)
class GermanNLP(SpacyNLP):
    """``model`` in config.yml is a name for people; which pipeline is loaded is decided by ``LOTSE_SPACY_MODEL``."""

    @staticmethod
    def load_model(spacy_model_name: str) -> SpacyModel:
        """The loaded pipeline under its real name, which is also its fingerprint."""
        loaded = SpacyNLP.load_model(pipeline.model_name(Settings()))
        # The NLU takes tokens only. Lemma and tags cost 5 ms a message and two minutes of training, and nothing here reads them.
        loaded.model.select_pipes(enable=[])
        return loaded
