"""Values as a citizen reads them: labels of choices, German days and numbers."""

from datetime import date
from typing import Any

from actions.antrag.form import Field
from actions.antrag.texts import tell
from core.clock import today


def shown(field: Field, value: Any) -> str:
    """The value of a field as text."""
    match field.kind:
        case "choice":
            return next((label for one, label in field.choices if one == value), str(value))
        case "yes_no":
            return tell("knopf.ja" if value else "knopf.nein")
        case "date":
            return day(date.fromisoformat(value))
        case "number":
            return number(value)
        case "file":
            return tell("uebersicht.datei")
    return str(value)


def day(one: date) -> str:
    """12.03.1985; a day to come with its weekday, so that a slip is seen."""
    written = f"{one:%d.%m.%Y}"
    return f"{tell(f'wochentage.{one.weekday()}')}, {written}" if one > today() else written


def number(value: float) -> str:
    """1234.5 → „1.234,5“."""
    return f"{value:,.10g}".translate(str.maketrans(",.", ".,"))
