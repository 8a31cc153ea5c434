"""How a submitted application reaches the office: one small protocol. The embedded way is ``inbox.Inbox``."""

from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.engine import Connection

from katalog.applications.forms import Schema


@dataclass(frozen=True)
class Submitted:
    """What an office gets: values {property: value} with the form that they were asked by."""

    vorgangsnummer: str
    referat: str | None
    formular: Schema
    werte: dict[str, Any]


class Delivery(Protocol):
    """Called inside the transaction that turns the draft into a case: both happen, or neither."""

    def deliver(self, connection: Connection, application: Submitted) -> None:
        """Hands it over. Whatever it raises undoes the submission, and the citizen is told that nothing was sent."""
