"""From files to records: JSON, JSON lines or YAML; services, offices, example questions and checklists are told apart by their content."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import yaml
from pydantic import ValidationError

from core.catalogue import Beispielfragen, Leistung, Stelle
from core.checklist import Checkliste
from core.errors import BadInput

# A file can be broken in more ways than the parsers' own errors tell: nested too deep, or a number or day that is none.
UNREADABLE = (ValueError, RecursionError, yaml.YAMLError)
KINDS: dict[str, tuple[type[Leistung] | type[Stelle] | type[Beispielfragen] | type[Checkliste], str]] = {
    "leistung": (Leistung, "kennung"),
    "stelle": (Stelle, "id"),
    "beispielfragen": (Beispielfragen, "kennung"),
    "checkliste": (Checkliste, "id"),
}
DEEPEST = 50
Records = dict[str, dict[str, dict[str, Any]]]
Rejected = list[tuple[str, str]]


class _EachKeyOnce(yaml.CSafeLoader):
    """Refuses a key that stands twice in one mapping: YAML's own loader keeps only the last and says nothing."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))
        doubled = [key for key, count in keys.items() if count > 1]
        if doubled:
            raise BadInput(f"{doubled[0]} steht doppelt")
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


def _yaml(text: str) -> Any:
    """What a YAML text holds. libyaml, which is ten times as fast as the loader in Python, ends the process where lists nest too deep."""
    depth = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise BadInput(f"ist tiefer als {DEEPEST} Ebenen verschachtelt")
    return yaml.load(text, _EachKeyOnce)


def _lines(name: str, text: str) -> Iterator[tuple[str, Any]]:
    # Not splitlines(): inside a JSON text U+2028 and U+0085 are ordinary characters.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield f"{name}, Zeile {number}", json.loads(line)
            except UNREADABLE as error:
                yield f"{name}, Zeile {number}", error


def _documents(name: str, text: str) -> Iterator[tuple[str, Any]]:
    """(where, record or the error of reading it) for each record of a file."""
    if name.endswith((".yml", ".yaml")):
        try:
            loaded = _yaml(text)
        except (*UNREADABLE, BadInput) as error:
            yield name, error
            return
        if isinstance(loaded, dict):
            yield from ((f"{name}, {key}", {"kennung": key, "beispielfragen": value}) for key, value in loaded.items())
        elif loaded is not None:
            yield from _numbered(name, loaded)
        return
    try:
        loaded = json.loads(text)
    except UNREADABLE as error:
        # A list that breaks off is one mistake, not one a line.
        yield from [(name, error)] if text.lstrip().startswith("[") else _lines(name, text)
        return
    yield from _numbered(name, loaded)


def _numbered(name: str, loaded: Any) -> Iterator[tuple[str, Any]]:
    for number, record in enumerate(loaded if isinstance(loaded, list) else [loaded], 1):
        yield f"{name}, Satz {number}", record


def _kind(record: dict[str, Any]) -> str:
    if "kennung" in record:
        return "beispielfragen" if set(record) == {"kennung", "beispielfragen"} else "leistung"
    if "schritte" in record:
        return "checkliste"
    if "id" in record and "name" in record:
        return "stelle"
    raise BadInput("weder eine Leistung (kennung, titel) noch eine Stelle (id, name), Beispielfragen oder eine Checkliste (id, schritte)")


def _why(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, e['loc'])) or 'Satz'}: {e['msg']}" for e in error.errors()[:3])
    return str(error)


def read(files: dict[str, bytes]) -> tuple[Records, Rejected]:
    """Validated records by kind and id, and those rejected as (where, why). A doubled id in one import is rejected."""
    records: Records = {kind: {} for kind in KINDS}
    rejected: Rejected = []
    for name, content in files.items():
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            rejected.append((name, f"ist nicht UTF-8 ({error.reason} an Stelle {error.start})"))
            continue
        found = False
        for where, document in _documents(name, text):
            found = True
            try:
                if isinstance(document, Exception):
                    raise document
                if not isinstance(document, dict):
                    raise BadInput("ist kein Datensatz ({…})")
                kind = _kind(document)
                model, key = KINDS[kind]
                record = model.model_validate(document).model_dump(mode="json")
                json.dumps(record, ensure_ascii=False).encode()  # a lone surrogate in an unknown field could be kept, but not served
                if kind == "beispielfragen" and record[key] in records[kind]:
                    # Several files may hold questions about one service.
                    known = records[kind][record[key]]["beispielfragen"]
                    record["beispielfragen"] = list(dict.fromkeys([*known, *record["beispielfragen"]]))
                elif record[key] in records[kind]:
                    raise BadInput(f"{key} {record[key]} steht schon weiter oben")
                records[kind][record[key]] = record
            except (BadInput, *UNREADABLE) as error:
                rejected.append((where, _why(error)))
        if not found:
            rejected.append((name, "ist leer"))
    return records, rejected
