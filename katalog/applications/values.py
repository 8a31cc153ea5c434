"""The values of a form: whether they fit it, which of them count, and which documents they ask for. Days are ISO texts."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from core.catalogue import Unterlage
from katalog.applications.forms import Condition, Schema, conditional

Values = dict[str, Any]
Faults = list[dict[str, str]]
_FORMATS = FormatChecker([])
_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,189}\.[^@\s]{2,}")


@_FORMATS.checks("date")
def _is_day(value: object) -> bool:
    """YYYY-MM-DD only: Python also reads "20260301" and weeks."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


@_FORMATS.checks("email")
def _is_mail(value: object) -> bool:
    return isinstance(value, str) and bool(_MAIL.fullmatch(value))


def _holds(condition: Condition, values: Values) -> bool:
    return bool(Draft202012Validator(condition).is_valid(values))


def asked(schema: Schema, values: Values) -> set[str]:
    """Properties that are asked, given these values."""
    sometimes = conditional(schema)
    return {name for name in schema["properties"] if name not in sometimes or any(_holds(one, values) for one in sometimes[name])}


def counting(schema: Schema, values: Values) -> Values:
    """The values without those of questions that are no longer asked, because an earlier answer was changed."""
    while True:
        kept = asked(schema, values)
        fewer = {name: value for name, value in values.items() if name in kept}
        if len(fewer) == len(values):
            return fewer
        values = fewer


def _ranged(today: date) -> Any:
    """A validator that knows x-frueheste and x-spaeteste: days from today."""

    def earliest(_: Any, days: int, value: Any, __: Any) -> Iterator[ValidationError]:
        if _is_day(value) and date.fromisoformat(value) < today + timedelta(days):
            yield ValidationError("zu früh")

    def latest(_: Any, days: int, value: Any, __: Any) -> Iterator[ValidationError]:
        if _is_day(value) and date.fromisoformat(value) > today + timedelta(days):
            yield ValidationError("zu spät")

    return extend(Draft202012Validator, {"x-frueheste": earliest, "x-spaeteste": latest})


def faults(schema: Schema, values: Values, today: date) -> Faults:
    """What is wrong with the values that are given: one reason a property, its type before all else. Missing ones are no fault."""
    found: dict[str, str] = {name: "additionalProperties" for name in values if name not in schema["properties"]}
    validator = _ranged(today)({"properties": schema["properties"]}, format_checker=_FORMATS)
    for error in validator.iter_errors(values):
        name = str(error.absolute_path[0])
        if name not in found or error.validator == "type":
            found[name] = str(error.validator)
    return [{"feld": name, "grund": reason} for name, reason in found.items()]


def missing(schema: Schema, values: Values) -> Faults:
    """Required properties without a value, those included whose condition holds."""
    wanted = {*schema.get("required", []), *(asked(schema, values) & set(conditional(schema)))}
    return [{"feld": name, "grund": "required"} for name in schema["properties"] if name in wanted and name not in values]


def documents(schema: Schema, unterlagen: list[Unterlage], values: Values) -> list[str]:
    """Names of the documents to bring. ``false`` in x-unterlagen: the form itself asks for what would stand in it.

    What the form cannot decide keeps its condition: "Vollmacht (wenn Sie jemand vertritt)".
    """
    decided = schema.get("x-unterlagen", {})
    listed = []
    for one in unterlagen:
        if one.name in decided:
            if _holds(decided[one.name], values):
                listed.append(one.name)
        elif one.pflicht:
            listed.append(f"{one.name} ({one.bedingung})" if one.bedingung else one.name)
    return listed
