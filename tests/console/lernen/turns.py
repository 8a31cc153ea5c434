"""Turns that citizens had, put into the console's tables by hand."""

from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import insert, select, update

from console.conversations.tables import gespraech, zug
from console.inbox.collect import Collector
from console.inbox.grouping import Vectors
from console.inbox.vectors import encode
from tests.console.house import House

_numbers = count(1)


def said(house: House, conversation: str, text: str, when: datetime | None = None, pruefung: bool = False, **more: Any) -> int:
    """A turn, by default one that was not understood; its id."""
    moment = when or house.clock()
    with house.console.engine.begin() as connection:
        if not connection.execute(select(gespraech.c.id).where(gespraech.c.id == conversation)).first():
            row = {"id": conversation, "kanal": "web", "begonnen": moment, "zuletzt": moment, "zuege": 1, "behalten": False}
            connection.execute(insert(gespraech).values(**row, pruefung=pruefung))
        connection.execute(update(gespraech).where(gespraech.c.id == conversation).values(zuletzt=moment))
        values: dict[str, Any] = {
            "eintrag": f"e{next(_numbers)}", "gespraech": conversation, "nachricht": "n", "zeit": moment, "text": text, "antworten": ["…"],
            "kandidaten": {}, "fallback": True, "rueckfrage": False, "ohne_auskunft": False, "sicherheit": 0.9, "intent": "frage_kosten",
        }  # fmt: skip
        return int(connection.execute(insert(zug).values(**(values | more))).inserted_primary_key[0])


def collected(house: House, vectors: Any = encode) -> int:
    """Fills the inbox; how many messages are new."""
    return Collector(house.console.engine, house.clock, vectors).collect()


class Themes:
    """Vectors without the encoder: messages that begin with the same word mean the same."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def __call__(self, texts: Any) -> Vectors:
        import numpy as np

        found = np.zeros((len(texts), 512), dtype=np.float32)
        for row, text in enumerate(texts):
            found[row, self._places.setdefault(text.split()[0], len(self._places))] = 1
        return found
