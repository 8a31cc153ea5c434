"""The intent model, trained on a small slice of the training sentences with the real encoder."""

import io
from functools import cache
from pathlib import Path

import joblib
import numpy as np
import pytest
from ruamel.yaml import YAML

from bot.nlu.intent_model import IntentModel
from bot.nlu.views import Views
from core.settings import PROJECT
from language.encoder import CachedEncoder, sentence_encoder
from language.swap import Marked

# Trains a model: seconds that the fast group does not have.
pytestmark = pytest.mark.slow

INTENTS = ("frage_kosten", "frage_unterlagen", "frage_oeffnungszeiten", "begruessung")
TAKEN = 60
HELD_OUT = 15
Slice = list[tuple[Marked, str]]


def sentences(intent: str) -> list[Marked]:
    """Training sentences of one intent."""
    (block,) = YAML(typ="safe").load((PROJECT / "data" / "nlu" / f"{intent}.yml").read_text("utf-8"))["nlu"]
    return [Marked.parse(line.removeprefix("- ")) for line in block["examples"].splitlines() if line.strip()]


@pytest.fixture(scope="module")
def taken() -> tuple[Slice, Slice]:
    """Sentences to learn from, and others to be judged by."""
    all_of = [(intent, sentences(intent)[: TAKEN + HELD_OUT]) for intent in INTENTS]
    learnt = [(one, intent) for intent, known in all_of for one in known[:TAKEN]]
    held_out = [(one, intent) for intent, known in all_of for one in known[TAKEN:]]
    assert (len(learnt), len(held_out)) == (4 * TAKEN, 4 * HELD_OUT)
    return learnt, held_out


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> CachedEncoder:
    return CachedEncoder(sentence_encoder(), tmp_path_factory.mktemp("bot") / "vectors.npz")


@pytest.fixture(scope="module")
def model(taken: tuple[Slice, Slice], encoder: CachedEncoder) -> IntentModel:
    trained = IntentModel()
    accuracy = trained.fit([one for one, _ in taken[0]], [intent for _, intent in taken[0]], encoder.encode)
    assert 0.6 < accuracy <= 1
    return trained


@cache
def known_words() -> Views:
    return Views(one.text for intent in INTENTS for one in sentences(intent)[:TAKEN])


def probabilities(model: IntentModel, encoder: CachedEncoder, text: str) -> dict[str, float]:
    views = known_words().of(text)
    return dict(zip(model.classes, model.probabilities(views, tuple(encoder.encode(views))), strict=True))


def intent_of(model: IntentModel, encoder: CachedEncoder, text: str) -> str:
    found = probabilities(model, encoder, text)
    return max(found, key=lambda name: found[name])


def test_it_knows_the_intents_that_it_was_taught(model: IntentModel) -> None:
    assert model.classes == sorted(INTENTS)


@pytest.mark.parametrize("text", ["Was kostet das?", "Guten Tag", "x", "asdf qwertz", "?", "🙂", "Ä" * 3000, "…", "السلام عليكم"])
def test_probabilities_add_up_to_one_for_any_text(model: IntentModel, encoder: CachedEncoder, text: str) -> None:
    found = np.array(list(probabilities(model, encoder, text).values()))
    assert found.sum() == pytest.approx(1)
    assert (found >= 0).all()
    assert np.isfinite(found).all()


def test_it_is_right_about_sentences_that_it_has_not_seen(model: IntentModel, encoder: CachedEncoder, taken: tuple[Slice, Slice]) -> None:
    right = [intent_of(model, encoder, one.text) == intent for one, intent in taken[1]]
    assert sum(right) / len(right) > 0.6


def test_it_is_less_sure_where_it_is_wrong(model: IntentModel, encoder: CachedEncoder, taken: tuple[Slice, Slice]) -> None:
    """What the threshold of the fallback relies on."""
    judged = [(probabilities(model, encoder, one.text), intent) for one, intent in taken[1]]
    right = [max(found.values()) for found, intent in judged if max(found, key=found.__getitem__) == intent]
    wrong = [max(found.values()) for found, intent in judged if max(found, key=found.__getitem__) != intent]
    assert not wrong or np.mean(right) > np.mean(wrong)


UNKNOWN = ["Drohnenführerschein", "Teichpatenschaft", "Wasserrechtliche Erlaubnis für Geothermie", "Xylophonerlaubnis", "KL-Pass"]
FRAMES = {
    "Was kostet {}?": "frage_kosten",
    "Wie teuer ist {} für eine Familie?": "frage_kosten",
    "Welche Unterlagen brauche ich für {}?": "frage_unterlagen",
    "Was muss ich für {} mitbringen?": "frage_unterlagen",
    "Wann hat die Stelle für {} geöffnet?": "frage_oeffnungszeiten",
}


@pytest.mark.parametrize(("frame", "intent"), FRAMES.items())
@pytest.mark.parametrize("service", UNKNOWN)
def test_a_service_that_nobody_has_heard_of_does_not_change_the_question(
    model: IntentModel, encoder: CachedEncoder, frame: str, service: str, intent: str
) -> None:
    assert intent_of(model, encoder, frame.format(service)) == intent


@pytest.mark.parametrize("text", ["was kostet ein neuer perso", "WAS KOSTET EIN NEUER PERSO???", "Was koſtet ein neuer Perso"])
def test_spelling_does_not_change_the_question(model: IntentModel, encoder: CachedEncoder, text: str) -> None:
    assert intent_of(model, encoder, text) == "frage_kosten"


def test_a_model_that_was_kept_judges_as_before(model: IntentModel, encoder: CachedEncoder, tmp_path: Path) -> None:
    joblib.dump(model, tmp_path / "model.joblib")
    kept: IntentModel = joblib.load(tmp_path / "model.joblib")
    assert kept.classes == model.classes
    for text in ("Was kostet das?", "Guten Tag", "Xylophonerlaubnis"):
        assert probabilities(kept, encoder, text) == probabilities(model, encoder, text)


def test_the_same_sentences_give_the_same_model(taken: tuple[Slice, Slice], encoder: CachedEncoder, model: IntentModel) -> None:
    again = IntentModel()
    again.fit([one for one, _ in taken[0]], [intent for _, intent in taken[0]], encoder.encode)
    assert again.temperature == pytest.approx(model.temperature)
    assert probabilities(again, encoder, "Was kostet das?") == pytest.approx(probabilities(model, encoder, "Was kostet das?"))


def test_names_of_services_may_be_given_from_outside(taken: tuple[Slice, Slice], encoder: CachedEncoder) -> None:
    few = [pair for intent in INTENTS for pair in [one for one in taken[0] if one[1] == intent][:15]]
    texts: list[str] = []

    def remembering(asked: list[str]) -> np.ndarray:
        texts.extend(asked)
        return encoder.encode(asked)

    IntentModel().fit([one for one, _ in few], [intent for _, intent in few], remembering, ["Xylophonerlaubnis"])
    assert any("Xylophonerlaubnis" in text for text in texts)


def test_a_model_is_small_enough_to_be_kept_for_each_state_of_the_data(model: IntentModel) -> None:
    buffer = io.BytesIO()
    joblib.dump(model, buffer)
    assert buffer.tell() < 8_000_000
