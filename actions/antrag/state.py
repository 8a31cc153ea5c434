"""Where a conversation is inside a form or a question for a status: all that is kept of it in Rasa's slot, and never a value."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from rasa_sdk.events import EventType, SlotSet

Phase = Literal["field", "summary", "change", "delete", "status", "withdraw", "withdraw_sure", "withdraw_pin"]
# What ``back_to`` holds when a correction leads back to the summary.
SUMMARY = ""


class State(BaseModel):
    """``id``: the draft. ``feld``: the question that waits. ``versuche``: answers to it that did not fit. ``back_to``: the field where a
    correction began. ``nummer``: case number of a status question. ``key``: Idempotency-Key of a submission whose answer got lost."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    phase: Phase
    id: str | None = None
    feld: str | None = None
    versuche: int = 0
    back_to: str | None = None
    nummer: str | None = None
    key: str | None = None

    @property
    def filling(self) -> bool:
        """Whether a draft is being filled in."""
        return self.id is not None

    def slot(self) -> EventType:
        """The event that keeps it."""
        return SlotSet("antrag", self.model_dump(exclude_defaults=True))


FORGOTTEN: EventType = SlotSet("antrag", None)


def state_of(slot: Any) -> State | None:
    """The state that a slot holds; None where it holds none, or one of an older version."""
    try:
        return State.model_validate(slot) if slot else None
    except ValidationError:
        return None
