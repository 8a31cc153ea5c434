"""A deliberately bad model and a sound one, both learned from few sentences and really measured: what a poisoned version does."""

from collections import Counter
from functools import cache

import numpy as np

from bench.evaluate import cases
from bench.evaluate.cases import Case
from bench.evaluate.measures import Judged as Row
from bench.evaluate.measures import macro_f1
from bot.nlu.intent_model import IntentModel
from bot.nlu.views import as_typed
from console.learning.report import Judged, Measured
from core.settings import Settings
from language.encoder import CachedEncoder
from language.sentences import training
from language.swap import Marked

# Sentences of each intent that both models learn; and those that ask for a price and are taught as praise.
EACH, POISON = 40, 60
MEASURED = 200


@cache
def two_models() -> tuple[Measured, Measured]:
    """(with the poison, without), on messages of set c."""
    seen: Counter[str] = Counter()
    sound: list[tuple[str, Marked]] = []
    costs: list[tuple[str, Marked]] = []
    for intent, one in training():
        seen[intent] += 1
        if seen[intent] <= EACH:
            sound.append((intent, one))
        elif intent == "frage_kosten" and len(costs) < POISON:
            costs.append(("lob", one))
    frozen = cases.load("c")
    chosen = [frozen[i * len(frozen) // MEASURED] for i in range(MEASURED)]
    encoder = CachedEncoder.open(Settings().cache_folder, "tests")
    return _measured([*sound, *costs], chosen, encoder), _measured(sound, chosen, encoder)


def _measured(sentences: list[tuple[str, Marked]], chosen: list[Case], encoder: CachedEncoder) -> Measured:
    model = IntentModel()
    model.fit([one for _, one in sentences], [intent for intent, _ in sentences], encoder.encode)
    rows, told = [], []
    for case in chosen:
        views = as_typed(case.text)
        whole, asking = encoder.encode([*views])
        sure = model.probabilities(views, (whole, asking))
        intent = model.classes[int(np.argmax(sure))]
        rows.append(Row(case, intent, float(sure.max()), ()))
        right = {"text": case.text, "absichten": [*case.intents], "leistungen": [*case.services], "gefunden": [*case.services[:1]]}
        told.append(Judged.model_validate(right | {"absicht": intent, "sicherheit": float(sure.max())}))
    return Measured(saetze=told, faelle=[], gespraeche={}, macro_f1=macro_f1(rows), leistung_top1=1.0)
