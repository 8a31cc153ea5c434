"""A pass: somebody who has shown number and PIN carries on without the PIN standing in the page."""

from datetime import datetime, timedelta

from cryptography.fernet import InvalidToken

from core.clock import Clock
from core.errors import NotFound
from core.vault import Vault
from katalog.applications.seals import opened, sealed
from katalog.applications.texts import texts

# Long enough to read a page and think it over.
LIFE = timedelta(minutes=15)
_FOR = "zurueckziehen"


class Passes:
    """A pass is sealed text: it can neither be read nor made without the secret key."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self._vault = vault
        self._clock = clock

    def give(self, number: str) -> str:
        """A pass for this case."""
        return sealed(self._vault, [_FOR, number, (self._clock() + LIFE).isoformat()]).decode()

    def read(self, given: str) -> str:
        """The case number. Raises NotFound where it is no pass, or too old."""
        try:
            purpose, number, until = opened(self._vault, given.encode())
        except (InvalidToken, ValueError):  # ValueError: sealed, but something else
            raise NotFound(texts().seite.ausweis_abgelaufen) from None
        if purpose != _FOR or datetime.fromisoformat(until) <= self._clock():
            raise NotFound(texts().seite.ausweis_abgelaufen)
        return str(number)
