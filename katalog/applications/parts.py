"""The parts of the applications, put together on a database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self

from sqlalchemy.engine import Engine

from core.catalogue import Leistung
from core.clock import now
from core.settings import Settings
from core.vault import Vault
from katalog.applications.attempts import Attempts
from katalog.applications.cases import Cases
from katalog.applications.codes import Codes
from katalog.applications.delivery import Inbox
from katalog.applications.drafts import Clock, Drafts
from katalog.applications.forms import Schema
from katalog.applications.tables import metadata


@dataclass(frozen=True)
class Applications:
    """What the routes need. ``token``: what a caller has to show."""

    token: str
    drafts: Drafts
    codes: Codes
    cases: Cases
    attempts: Attempts
    clock: Clock

    @classmethod
    def open(
        cls, engine: Engine, settings: Settings, forms: Mapping[str, Schema], record: Callable[[str], Leistung | None],
        clock: Clock = now,
    ) -> Self:  # fmt: skip
        """Makes the tables where they are missing. ``record``: the catalogue's service of an id; ``clock``: the seam for tests."""
        metadata.create_all(engine)
        vault = Vault(settings.secret("secret_key"))
        attempts = Attempts(engine, vault)
        drafts = Drafts(engine, vault, clock, forms, lambda kennung: record(kennung) is not None)
        codes = Codes(engine, vault, attempts, clock, drafts)
        cases = Cases(engine, vault, settings, clock, attempts, drafts, Inbox(vault), record)
        return cls(settings.secret("catalogue_token"), drafts, codes, cases, attempts, clock)

    def forget(self) -> None:
        """Deletes everything whose time is over."""
        self.drafts.forget()
        self.cases.forget()
        self.attempts.forget(self.clock())
