"""A form as the conversation sees it: which questions apply to the values so far, and which is next. No input or output."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from jsonschema import Draft202012Validator

Kind = Literal["choice", "yes_no", "number", "date", "email", "file", "text"]
Values = dict[str, Any]
_BY_FORMAT: dict[str, Kind] = {"date": "date", "email": "email", "anlage": "file"}
_BY_TYPE: dict[str, Kind] = {"boolean": "yes_no", "integer": "number", "number": "number"}


@dataclass(frozen=True)
class Field:
    """One question. ``schema``: its property in the form's JSON Schema."""

    name: str
    schema: dict[str, Any]
    required: bool

    @property
    def title(self) -> str:
        """The short label."""
        return str(self.schema.get("title", self.name))

    @property
    def kind(self) -> Kind:
        """How it is asked and its answer read."""
        if "enum" in self.schema or "oneOf" in self.schema:
            return "choice"
        return _BY_FORMAT.get(self.schema.get("format", "")) or _BY_TYPE.get(self.schema["type"], "text")

    @property
    def choices(self) -> list[tuple[Any, str]]:
        """(value, label) of everything that may be chosen."""
        if "oneOf" in self.schema:
            return [(one["const"], one["title"]) for one in self.schema["oneOf"]]
        return [(value, str(value)) for value in self.schema.get("enum", [])]


class Form:
    """The fields of a JSON Schema (constructs: katalog/applications/formular.schema.json) in the order of the file."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.schema = schema

    @cached_property
    def _rules(self) -> list[tuple[Draft202012Validator, frozenset[str]]]:
        return [(Draft202012Validator(rule["if"]), frozenset(rule["then"]["required"])) for rule in self.schema.get("allOf", [])]

    def fields(self, values: Values) -> list[Field]:
        """What is asked, given the values: a field of a condition only where it holds. What no longer applies opens no other field."""
        conditional = frozenset(name for _, names in self._rules for name in names)
        required = frozenset(self.schema.get("required", []))
        known = values
        while True:
            open_now = {name for holds, names in self._rules if holds.is_valid(known) for name in names}
            applying = [name for name in self.schema["properties"] if name not in conditional or name in open_now]
            kept = {name: value for name, value in known.items() if name in applying}
            if kept == known:
                return [Field(name, self.schema["properties"][name], name in required | open_now) for name in applying]
            known = kept

    def kept(self, values: Values) -> Values:
        """The values of the fields that apply."""
        return {field.name: values[field.name] for field in self.fields(values) if field.name in values}

    def field(self, name: str | None, values: Values) -> Field | None:
        """The field of this name, where it applies."""
        return next((field for field in self.fields(values) if field.name == name), None)

    def missing(self, values: Values) -> Field | None:
        """The first that must be answered and is not."""
        return next((field for field in self.fields(values) if field.required and field.name not in values), None)

    def after(self, name: str | None, values: Values) -> Field | None:
        """The next question after ``name`` (None: from the start) that has no answer; then what is missing before it; None: all is said."""
        fields = self.fields(values)
        place = next((number + 1 for number, field in enumerate(fields) if field.name == name), 0)
        return next((field for field in fields[place:] if field.name not in values), None) or self.missing(values)

    def before(self, name: str | None, values: Values) -> Field | None:
        """The question before ``name`` (None: the last one); None at the start."""
        fields = self.fields(values)
        place = next((number for number, field in enumerate(fields) if field.name == name), len(fields))
        return fields[place - 1] if place else None

    def last_answered(self, values: Values) -> str | None:
        """Where a draft was left."""
        return next((field.name for field in reversed(self.fields(values)) if field.name in values), None)

    def place(self, name: str, values: Values) -> tuple[int, int]:
        """(number of this question from 1, number of all), counted over what applies."""
        names = [field.name for field in self.fields(values)]
        return names.index(name) + 1, len(names)
