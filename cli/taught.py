"""What a learned version teaches and tests, and that no sentence does both."""

import json
from pathlib import Path
from typing import Any

import yaml

from bench.evaluate.cases import Case
from bench.evaluate.leaks import leaks
from core.errors import BadInput
from core.settings import Settings
from language.encoder import CachedEncoder
from language.sentences import questions, training
from language.swap import Marked


def rows(folder: Path) -> list[dict[str, Any]]:
    """The objects of a version's JSON lines."""
    return [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines() if line.strip()]


def taught(folder: Path) -> list[str]:
    """The training sentences and example questions of a version."""
    found = [text for row in rows(folder / "beispielfragen") for texts in row["beispielfragen"].values() for text in texts]
    for path in sorted((folder / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            found += [Marked.parse(line.removeprefix("- ").strip()).text for line in block["examples"].splitlines() if line.strip()]
    return found


def refuse_leaks(settings: Settings, folder: Path, fresh: list[Case], frozen: list[Case]) -> None:
    """What is learned may not be what is tested, to the letter or nearly. Raises BadInput.

    Of the delivered sentences those of the same intent or service are compared: all 25,000 would take a minute of vectors.
    """
    new = taught(folder)
    intents, services = {case.intents[0] for case in fresh}, {case.services[0] for case in fresh if case.services}
    known = [one.text for intent, one in training() if intent in intents]
    known += [text for service, _, text in questions() if service in services]
    encoder = CachedEncoder.open(settings.cache_folder, "evaluate")
    found = leaks([case.text for case in fresh], [*new, *known], encoder) if fresh and (new or known) else []
    found += leaks([case.text for case in frozen], new, encoder) if frozen and new else []
    if found:
        lines = "\n".join(f"„{test}“ gleicht „{sentence}“ ({why})" for test, sentence, why in found[:20])
        raise BadInput(f"Ein Satz darf nicht zugleich üben und prüfen. Bitte formulieren Sie einen von beiden anders:\n{lines}")
