"""The test messages: labelled by hand, written without sight of the training data, one JSON object a line."""

import json
from dataclasses import dataclass
from typing import Any

import yaml

from core.errors import BadInput
from core.settings import PROJECT
from language.out_of_scope import may_train, out_of_scope

FOLDER = PROJECT / "tests" / "nlu"
# Categories in German; the others are in another language or mean no service.
GERMAN = (
    "alltag", "stichwort", "tippfehler", "kleinschreibung", "dialekt", "lernende", "geschichte", "zwei_fragen", "aergerlich",
    "falsche_behoerde",
)  # fmt: skip
# The measuring half of the public out-of-scope sentences; it has no part in any mean over the hand-written categories.
PUBLIC = "oeffentlich_ausserhalb"


@dataclass(frozen=True)
class Case:
    """One message with what is right; ``intents`` and ``services`` hold the best answer first, then the acceptable ones.

    ``services`` is empty where no service is meant.
    """

    text: str
    intents: tuple[str, ...]
    services: tuple[str, ...]
    category: str


def sets() -> dict[str, dict[str, Any]]:
    """What is told of each test set: its role, and the commit of the state that its authors did not see."""
    loaded: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "sets.yml").read_text("utf-8"))
    return loaded


def from_row(row: dict[str, Any]) -> Case:
    """A case as it stands in a file."""
    services = (row["leistung"], *row["leistungen_ok"]) if row["leistung"] else ()
    return Case(row["text"], (row["intent"], *row["intents_ok"]), services, row["kategorie"])


def load(name: str) -> list[Case]:
    """The messages of one set. Raises BadInput for an unknown one."""
    path = FOLDER / f"satz_{name}.jsonl"
    if not path.exists():
        raise BadInput(f"Es gibt keinen Prüfsatz „{name}“. Es gibt: {', '.join(sets())}.")
    return [from_row(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def public_out_of_scope() -> list[Case]:
    """The half of data/out_of_scope.csv that never trains."""
    return [Case(text, ("ausserhalb",), (), PUBLIC) for text in out_of_scope() if not may_train(text)]
