"""Conversations for the tests, written as the reader writes them: through the entries of the event stream."""

import itertools
import json
from datetime import datetime
from typing import Any

from console.conversations.store import Store
from core.clock import ZONE
from tests.console.house import House

_numbers = itertools.count(1)
MONDAY = datetime(2026, 11, 16, 9, tzinfo=ZONE)


def entry(kind: str, content: dict[str, Any]) -> tuple[bytes, dict[bytes, bytes]]:
    """An entry of the stream, later than those before."""
    return f"{next(_numbers)}-0".encode(), {kind.encode(): json.dumps(content).encode()}


def turn(conversation: str, message: str = "1", when: datetime = MONDAY, **more: Any) -> tuple[bytes, dict[bytes, bytes]]:
    """A turn as the gateway tells it."""
    told = {
        "gespraech": conversation, "nachricht": message, "zeit": round(when.timestamp() * 1000), "text": "Was kostet ein Pass?",
        "knopf": None, "kanal": "web", "pruefung": False, "antworten": ["Das kostet 37 €."], "sprache": "de", "leistung": "reisepass",
        "intent": {"name": "frage_kosten", "confidence": 0.9}, "ms": 40, "modell": "0123456789abcdef", "fallback": False,
        "rueckfrage": False, "ohne_auskunft": False, "sekunden": {"queue": 0.001, "nlu": 0.01, "dialogue": 0.02},
        "kandidaten": {
            "absichten": [["frage_kosten", 0.9], ["frage_dauer", 0.05]], "leistungen": [["reisepass", 0.8], ["personalausweis", 0.1]],
        },
    }  # fmt: skip
    return entry("zug", told | more)


def thumb(conversation: str, message: str, value: int, reason: str | None = None) -> tuple[bytes, dict[bytes, bytes]]:
    return entry("bewertung", {"gespraech": conversation, "nachricht": message, "daumen": value, "grund": reason})


def closing(conversation: str, yes: bool) -> tuple[bytes, dict[bytes, bytes]]:
    return entry("bewertung", {"gespraech": conversation, "geloest": yes})


def write(house: House, *entries: tuple[bytes, dict[bytes, bytes]]) -> None:
    """Through the store, in one transaction."""
    store = Store(house.console.engine)
    store.write(store.place(), entries)
