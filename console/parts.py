"""What the console is made of, put together on a database."""

from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy.engine import Engine

from console.access import audit
from console.access import tables as access
from console.access.accounts import Accounts
from console.access.kinds import KINDS as OF_ACCESS
from console.access.sessions import Sessions
from console.access.trail import Trail
from console.access.tries import Tries
from console.conversations import tables as conversations
from console.conversations.kinds import KINDS as OF_CONVERSATIONS
from console.conversations.parts import Conversations
from console.gateway import Gateway
from console.inbox import tables as inbox
from console.inbox.collect import Collector
from console.inbox.collecting import Collecting
from console.inbox.decision import Decisions
from console.inbox.desk import Desk
from console.inbox.kinds import KINDS as OF_INBOX
from console.inbox.vectors import encode
from console.learning import tables as learning
from console.learning.candidates import Candidates
from console.learning.cases import Cases
from console.learning.job import Job
from console.learning.kinds import candidates_of
from console.pages import Pages
from console.retention import tables as retention
from console.retention.chat import Chat
from console.retention.retention import Retention
from console.retention.stored import Stored
from core.clock import Clock, now
from core.settings import Settings
from core.vault import Vault
from katalog.client import CatalogueClient


@dataclass(frozen=True)
class Console:
    """What the routes work with."""

    settings: Settings
    engine: Engine
    vault: Vault
    accounts: Accounts
    sessions: Sessions
    tries: Tries
    trail: Trail
    retention: Retention
    conversations: Conversations
    stored: Stored
    chat: Chat
    gateway: Gateway
    pages: Pages
    clock: Clock
    catalogue: CatalogueClient
    collecting: Collecting
    desk: Desk
    decisions: Decisions
    cases: Cases
    candidates: Candidates
    job: Job

    @classmethod
    def open(cls, engine: Engine, settings: Settings, clock: Clock = now) -> Self:
        """Makes the tables where they are missing. ``clock``: the seam for tests."""
        for tables in (access, conversations, retention, inbox, learning):
            tables.metadata.create_all(engine)
        vault = Vault(settings.secret("secret_key"))
        desk, cases = Desk(engine, clock), Cases(engine, clock)
        stored = Stored(engine, vault, clock)
        return cls(
            settings=settings,
            engine=engine,
            vault=vault,
            accounts=Accounts(engine, settings, clock),
            sessions=Sessions(engine, vault, clock),
            tries=Tries(engine, vault, clock),
            trail=Trail(engine),
            retention=Retention(engine, clock, [*OF_CONVERSATIONS, *OF_ACCESS, *OF_INBOX, candidates_of(settings)]),
            conversations=Conversations.open(engine, settings, clock, stored.alias),
            stored=stored,
            chat=Chat(settings),
            gateway=Gateway(settings),
            pages=Pages(settings),
            clock=clock,
            catalogue=CatalogueClient(settings.catalogue_url),
            collecting=Collecting(Collector(engine, clock, encode), clock),
            desk=desk,
            decisions=Decisions(engine, clock, desk, cases),
            cases=cases,
            candidates=Candidates(engine, settings, clock, cases),
            job=Job(),
        )

    def note(self, wer: str, was: str, bezug: str = "", **angaben: Any) -> None:
        """One row of the trail in a transaction of its own: for what changes nothing else."""
        with self.engine.begin() as connection:
            audit.note(connection, self.clock(), wer, was, bezug, **angaben)
