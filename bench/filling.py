"""A console's database with as many messages as wanted: the example questions of the services, as citizens might have asked them."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.engine import Engine

from console.conversations.tables import gespraech, zug
from console.conversations.words import searchable
from core.clock import ZONE
from language.sentences import questions

# A conversation has five messages on average.
LENGTHS = range(1, 10)
ROWS_AT_ONCE = 20_000
LANGUAGES = ("de",) * 12 + ("en", "en", "tr", "uk", "ar")
BEGIN = datetime(2026, 6, 1, tzinfo=ZONE)


def fill(engine: Engine, messages: int, seed: int = 1) -> None:
    """Writes so many messages, spread over 180 days; the same ones for the same ``seed``."""
    chance, left = random.Random(seed), messages
    said = [(*one, searchable(one[2])) for one in questions()]  # once each, and not for each row
    with engine.begin() as connection:
        while left > 0:
            conversations: list[dict[str, Any]] = []
            turns: list[dict[str, Any]] = []
            while left > 0 and len(turns) < ROWS_AT_ONCE:
                number = left
                length = min(chance.choice(LENGTHS), left)
                own = [*_turns(chance, said, f"g{number:07}", length)]
                conversations.append(_summed(chance, own))
                turns += own
                left -= length
            connection.execute(insert(gespraech), conversations)
            connection.execute(insert(zug), turns)


def _turns(chance: random.Random, said: Any, conversation: str, length: int) -> Iterator[dict[str, Any]]:
    begun = BEGIN + timedelta(seconds=chance.random() * 180 * 86400)
    for number in range(length):
        service, intent, text, words = chance.choice(said)
        sure = chance.random() ** 0.3
        yield {
            "eintrag": f"{conversation}-{number}", "gespraech": conversation, "nachricht": f"m{number}",
            "zeit": begun + timedelta(seconds=40 * number), "text": text, "woerter": words,
            "antworten": [f"Das ist die Antwort zu {service}."], "sprache": chance.choice(LANGUAGES), "leistung": service,
            "intent": intent, "sicherheit": sure, "kandidaten": {}, "fallback": sure < 0.35,
            "rueckfrage": chance.random() < 0.08, "ohne_auskunft": chance.random() < 0.1,
            "ms": round(chance.lognormvariate(4.2, 0.5)), "modell": "bench", "daumen": chance.choice((None,) * 18 + (1, -1)),
        }  # fmt: skip


def _summed(chance: random.Random, turns: list[dict[str, Any]]) -> dict[str, Any]:
    thumbs = [one["daumen"] for one in turns if one["daumen"]]
    return {
        "id": turns[0]["gespraech"], "kanal": "web", "sprache": turns[-1]["sprache"], "begonnen": turns[0]["zeit"],
        "zuletzt": turns[-1]["zeit"], "zuege": len(turns), "pruefung": chance.random() < 0.02,
        "geloest": chance.choice((None,) * 6 + (True, True, True, False)), "behalten": False, "erste": turns[0]["text"],
        "sicherheit": min(one["sicherheit"] for one in turns), "daumen": min(thumbs, default=None),
        **{name: any(one[name] for one in turns) for name in ("fallback", "rueckfrage", "ohne_auskunft")},
    }  # fmt: skip
