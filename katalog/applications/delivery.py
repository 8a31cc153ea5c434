"""How a submitted application reaches the office: one small protocol. The embedded way is the inbox in our own database."""

from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from core.vault import Vault
from katalog.applications.forms import Schema
from katalog.applications.seals import sealed
from katalog.applications.tables import postfach


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


class Inbox:
    """The embedded inbox: values are sealed."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def deliver(self, connection: Connection, application: Submitted) -> None:
        """One row."""
        connection.execute(insert(postfach).values(
            vorgangsnummer=application.vorgangsnummer, referat=application.referat, formular=application.formular,
            werte=sealed(self._vault, application.werte),
        ))  # fmt: skip
