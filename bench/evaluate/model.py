"""One model measured by sentences and dialogues, and what was measured before is not measured again."""

import hashlib
import json
from collections.abc import Callable, Sequence
from math import isnan
from pathlib import Path

from bench.evaluate import dialogues as talks
from bench.evaluate.cases import Case
from bench.evaluate.dialogues import Dialogue
from bench.evaluate.measures import MEASURES
from bench.evaluate.measures import Judged as Row
from bench.evaluate.run import judge
from cli.system import Running
from cli.talk import Conversation
from console.learning.report import Judged, Measured
from core import learned
from core.settings import Settings

# So many between two looks at the progress.
SENTENCES, DIALOGUES = 25, 9
# (share that is done of sentences or dialogues)
Told = Callable[[float], None]


class Known:
    """What was measured of one model, kept in a file: {text: [intent, confidence, services]} and {dialogue's digest: wrong turns}."""

    def __init__(self, path: Path) -> None:
        self._path = path
        kept = json.loads(path.read_text("utf-8")) if path.exists() else {"saetze": {}, "gespraeche": {}}
        self._sentences: dict[str, tuple[str, float, list[str]]] = {text: tuple(one) for text, one in kept["saetze"].items()}
        self._dialogues: dict[str, int] = kept["gespraeche"]

    def complete(self, cases: Sequence[Case], dialogues: Sequence[Dialogue]) -> bool:
        """Whether nothing is left to measure."""
        return all(case.text in self._sentences for case in cases) and all(_digest(one) in self._dialogues for one in dialogues)

    def sentences(self, running: Running, cases: Sequence[Case], told: Told) -> None:
        """Asks the running system about each sentence that is not known yet."""
        missing = [case for case in cases if case.text not in self._sentences]
        for start in range(0, len(missing), SENTENCES):
            for row in judge(running, missing[start : start + SENTENCES]):
                self._sentences[row.case.text] = (row.intent, row.confidence, list(row.services))
            told(min(start + SENTENCES, len(missing)) / len(missing))
        self._save()

    def dialogues(self, running: Running, settings: Settings, dialogues: Sequence[Dialogue], told: Told) -> None:
        """Has the dialogues that are not known yet."""
        missing = [one for one in dialogues if _digest(one) not in self._dialogues]
        for start in range(0, len(missing), DIALOGUES):
            for dialogue, turns in talks.measure(lambda: Conversation.begin(running, settings), missing[start : start + DIALOGUES]):
                self._dialogues[_digest(dialogue)] = sum(bool(turn.wrong) for turn in turns)
            told(min(start + DIALOGUES, len(missing)) / len(missing))
        self._save()

    def measured(self, frozen: Sequence[Case], cases: Sequence[Case], dialogues: Sequence[Dialogue]) -> Measured:
        """All of it; everything has to be known."""
        rows = [Row(case, intent, sure, tuple(found)) for case in frozen for intent, sure, found in [self._sentences[case.text]]]
        return Measured(
            saetze=[self._judged(case) for case in frozen],
            faelle=[self._judged(case) for case in cases],
            gespraeche={one.name: self._dialogues[_digest(one)] for one in dialogues},
            macro_f1=_share("absicht_macro_f1", rows),
            leistung_top1=_share("leistung_top1", rows),
        )

    def _judged(self, case: Case) -> Judged:
        intent, sure, found = self._sentences[case.text]
        right = {"text": case.text, "absichten": [*case.intents], "leistungen": [*case.services]}
        return Judged.model_validate(right | {"absicht": intent, "sicherheit": sure, "gefunden": found})

    def _save(self) -> None:
        learned.write(self._path, json.dumps({"saetze": self._sentences, "gespraeche": self._dialogues}, ensure_ascii=False))


def _share(measure: str, rows: Sequence[Row]) -> float:
    """1 where there is nothing to measure: then nothing can get worse."""
    value = MEASURES[measure](rows)
    return 1.0 if isnan(value) else value


def _digest(dialogue: Dialogue) -> str:
    return hashlib.sha256(repr(dialogue).encode()).hexdigest()[:20]
