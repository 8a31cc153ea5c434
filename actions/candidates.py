"""What the search found for the words of a message, told to staff beside the answer: they see what else was near."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from rasa_sdk.executor import CollectingDispatcher

from katalog.client import CatalogueClient
from katalog.schemas import Suchergebnis

MOST = 3
Candidates = list[tuple[str, float]]
_candidates: ContextVar[Candidates | None] = ContextVar("candidates", default=None)


class NotingClient(CatalogueClient):
    """The catalogue's client, which notes what the first search of a turn found: later ones look for something that we make of it."""

    async def search(self, text: str, leistung: str | None = None, checkliste: str | None = None, limit: int = 5) -> Suchergebnis:
        """As the client's own."""
        found = await super().search(text, leistung, checkliste, limit)
        noted = _candidates.get()
        if text and noted == []:
            noted += [(hit.id, hit.score) for hit in found.naechste[:MOST]]
        return found


@contextmanager
def searching() -> Iterator[Candidates]:
    """The candidates of the turn that runs inside."""
    noted: Candidates = []
    token = _candidates.set(noted)
    try:
        yield noted
    finally:
        _candidates.reset(token)


def tell(dispatcher: CollectingDispatcher, candidates: Candidates) -> None:
    """Adds them to the first answer of the turn."""
    for message in dispatcher.messages[:1]:
        if message.get("custom"):
            message["custom"]["kandidaten"] = candidates
