"""Wakes the event streams of a conversation when it has a new event."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from connectors.gateway.texts import texts
from core.errors import TooMany

# A citizen has a few tabs open; more is somebody holding connections.
MOST_STREAMS = 8


class News:
    """Listeners of this process; other processes' events are found by asking Redis from time to time."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Event]] = {}

    def check(self, conversation: str) -> None:
        """Raises TooMany when this conversation has as many streams as it may."""
        if len(self._listeners.get(conversation, ())) >= MOST_STREAMS:
            raise TooMany(texts().zu_viele)

    @contextmanager
    def listen(self, conversation: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever there is news."""
        heard = asyncio.Event()
        self._listeners.setdefault(conversation, set()).add(heard)
        try:
            yield heard
        finally:
            self._listeners[conversation].discard(heard)
            if not self._listeners[conversation]:
                del self._listeners[conversation]

    def tell(self, conversation: str) -> None:
        """There is news."""
        for heard in self._listeners.get(conversation, ()):
            heard.set()
