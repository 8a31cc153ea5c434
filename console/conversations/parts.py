"""What the pages of the conversations work with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from sqlalchemy.engine import Engine

from console.conversations.listing import Listing
from console.conversations.notes import Notes
from console.conversations.reader import Reader
from console.conversations.store import Store
from console.conversations.titles import Titles
from console.conversations.views import Views
from core.clock import Clock
from core.settings import Settings


@dataclass(frozen=True)
class Conversations:
    """``reader`` runs from ``start`` to ``stop``, within the event loop."""

    listing: Listing
    notes: Notes
    views: Views
    titles: Titles
    reader: Reader

    @classmethod
    def open(cls, engine: Engine, settings: Settings, clock: Clock, alias: Callable[[str], str]) -> Self:
        """On a database that has the tables. ``alias``: how the trail names a conversation."""
        reader = Reader(Store(engine), settings)
        return cls(Listing(engine), Notes(engine, clock, alias), Views(engine), Titles(settings), reader)

    def start(self) -> None:
        """Begins to read the event stream."""
        self.reader.start()

    async def stop(self) -> None:
        """Ends it."""
        await self.reader.stop()
        await self.titles.close()
