"""Forms: one JSON Schema file a service. What a file may be made of stands in formular.schema.json; everything else is refused."""

import json
import logging
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError
from pydantic import TypeAdapter, ValidationError

from core.catalogue import Kennung
from core.errors import RecordsRejected
from core.settings import PROJECT, Settings

logger = logging.getLogger(__name__)
GRAMMAR = Path(__file__).with_name("formular.schema.json")
OWN = PROJECT / "data" / "antraege"
Schema = dict[str, Any]
Condition = Schema | bool
Rejected = list[tuple[str, str]]
_KENNUNG: TypeAdapter[str] = TypeAdapter(Kennung)


@lru_cache(maxsize=1)
def _grammar() -> Draft202012Validator:
    return Draft202012Validator(json.loads(GRAMMAR.read_text("utf-8")), format_checker=FormatChecker(["regex"]))


def folders(settings: Settings) -> list[Path]:
    """Where forms lie: those that ship, and a city's own, which win."""
    return [OWN, settings.home / "antraege"]


def conditional(schema: Schema) -> dict[str, list[Schema]]:
    """For each property that is asked only sometimes: the ``if`` schemas, any of which is enough."""
    found: dict[str, list[Schema]] = {}
    for rule in schema.get("allOf", []):
        for name in rule["then"]["required"]:
            found.setdefault(name, []).append(rule["if"])
    return found


def _broken(schema: Any) -> Iterator[str]:
    """What is wrong with a form, each with its place."""
    refused = False
    for error in sorted(_grammar().iter_errors(schema), key=lambda one: one.json_path):
        refused = True
        yield f"{error.json_path}: {error.message[:200]}"
    if refused:
        return
    try:
        Draft202012Validator.check_schema(schema)
        for condition in schema.get("x-unterlagen", {}).values():
            Draft202012Validator.check_schema(condition)
    except SchemaError as error:
        yield f"{error.json_path}: {error.message[:200]}"
    ifs = [name for rule in schema.get("allOf", []) for name in (*rule["if"]["properties"], *rule["if"]["required"])]
    sometimes = conditional(schema)
    for name in dict.fromkeys([*schema.get("required", []), *sometimes, *ifs]):
        if name not in schema["properties"]:
            yield f"$.properties: „{name}“ wird verlangt, aber nicht beschrieben"
    for name in sometimes:
        if name in schema.get("required", []):
            yield f"$.required: „{name}“ ist immer verlangt und zugleich nur unter einer Bedingung"


def read(path: Path) -> Schema:
    """The form in a file. Raises RecordsRejected, which names file and construct."""
    try:
        _KENNUNG.validate_python(path.stem)
        schema: Schema = json.loads(path.read_bytes())
        faults = list(_broken(schema))
    except ValidationError:
        faults = ["der Dateiname ist keine Kennung einer Leistung"]
    except (OSError, ValueError, RecursionError) as error:
        faults = [f"ist kein JSON: {error}"]
    if faults:
        raise RecordsRejected([(path.name, fault) for fault in faults])
    return schema


def load_strictly(folders: list[Path]) -> dict[str, Schema]:
    """{kennung: form} of all files. Raises RecordsRejected with everything that is wrong in any of them."""
    forms, rejected = _load(folders)
    if rejected:
        raise RecordsRejected(rejected)
    return forms


def load(folders: list[Path]) -> dict[str, Schema]:
    """As ``load_strictly``; a broken file is named in the log and not offered: the other forms must not stop with it."""
    forms, rejected = _load(folders)
    for name, fault in rejected:
        logger.error("Formular %s wird nicht angeboten: %s", name, fault)
    return forms


def _load(folders: list[Path]) -> tuple[dict[str, Schema], Rejected]:
    forms: dict[str, Schema] = {}
    rejected: Rejected = []
    # A city's own file replaces the one that ships also where it is broken: it was put there because ours is not right.
    paths = {path.name: path for folder in folders for path in sorted(folder.glob("*.json"))}
    for path in paths.values():
        try:
            forms[path.stem] = read(path)
        except RecordsRejected as error:
            rejected += error.rejected
    return forms, rejected
