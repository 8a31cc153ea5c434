"""Buttons of a form. Their payload names an action and, where it needs them, a field and the number of a choice; never a value."""

import json
from dataclasses import dataclass
from typing import Any

from actions.antrag.texts import tell
from core.answer import Button

# An intent of its own would have to be learned; this one has no entities elsewhere.
INTENT = "bestaetigen"
ENTITY = "knopf"


@dataclass(frozen=True)
class Pressed:
    """A pressed button. ``number``: place of the choice; of yes and no 1 and 0."""

    action: str
    field: str | None = None
    number: int = 0


def button(title: str, action: str, field: str | None = None, number: int | None = None) -> Button:
    """The button with this title."""
    told = ":".join(str(part) for part in (action, field, number) if part is not None)
    return Button(title=title[:120], payload=f"/{INTENT}{json.dumps({ENTITY: told})}")


def labelled(key: str, action: str, field: str | None = None, number: int | None = None) -> Button:
    """The button whose title is the text ``knopf.<key>``."""
    return button(tell(f"knopf.{key}"), action, field, number)


def person() -> Button:
    """The way to a person."""
    return Button(title=tell("mensch"), payload="/mensch_sprechen")


def pressed(entity: Any) -> Pressed | None:
    """What the entity of a payload says; None where it is none of ours."""
    if not isinstance(entity, str) or not entity:
        return None
    action, *rest = entity.split(":")
    number = int(rest[1]) if len(rest) > 1 and rest[1].isdecimal() else 0
    return Pressed(action, rest[0] if rest else None, number)
