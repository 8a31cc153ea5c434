"""The parts of the applications, put together on a database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self

from sqlalchemy.engine import Engine

from core.catalogue import Leistung
from core.clock import Clock, now
from core.settings import Settings
from core.vault import Vault
from katalog.applications.attachments import Attachments
from katalog.applications.attempts import Attempts
from katalog.applications.cases import Cases
from katalog.applications.codes import Codes
from katalog.applications.drafts import Drafts
from katalog.applications.forms import Schema
from katalog.applications.inbox import Inbox
from katalog.applications.pages import Pages
from katalog.applications.passes import Passes
from katalog.applications.pins import Pins
from katalog.applications.submission import Submission
from katalog.applications.tables import metadata
from katalog.applications.uploads import Uploads


@dataclass(frozen=True)
class Applications:
    """What the routes need. ``token``: what a caller has to show."""

    token: str
    drafts: Drafts
    codes: Codes
    uploads: Uploads
    submission: Submission
    cases: Cases
    inbox: Inbox
    attempts: Attempts
    passes: Passes
    pages: Pages
    clock: Clock

    @classmethod
    def open(
        cls, engine: Engine, settings: Settings, forms: Mapping[str, Schema], record: Callable[[str], Leistung | None],
        clock: Clock = now,
    ) -> Self:  # fmt: skip
        """Makes the tables where they are missing. ``record``: the catalogue's service of an id; ``clock``: the seam for tests."""
        metadata.create_all(engine)
        vault = Vault(settings.secret("secret_key"))
        attempts, pins, attachments = Attempts(engine, vault), Pins(settings, vault), Attachments(vault)
        drafts = Drafts(engine, vault, clock, attachments, forms, lambda kennung: record(kennung) is not None)
        cases = Cases(engine, vault, settings, clock, attempts, pins, attachments)
        inbox = Inbox(engine, vault, settings, clock, cases, attachments)
        return cls(
            token=settings.secret("catalogue_token"),
            drafts=drafts,
            codes=Codes(engine, vault, attempts, clock, drafts),
            uploads=Uploads(engine, vault, clock, drafts, attachments),
            submission=Submission(engine, vault, clock, pins, drafts, attachments, cases, inbox, record),
            cases=cases,
            inbox=inbox,
            attempts=attempts,
            passes=Passes(vault, clock),
            pages=Pages(settings),
            clock=clock,
        )

    def forget(self) -> None:
        """Deletes everything whose time is over."""
        self.drafts.forget()
        self.uploads.forget()
        self.cases.forget()
        self.attempts.forget(self.clock())
