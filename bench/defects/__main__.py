"""``python -m bench.defects --model FILE --actions URL``: measures and prints each row as JSON, [what, stock, ours]."""

import argparse
import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rasa.core.lock_store import InMemoryLockStore

from bench.apart import printer
from bench.defects import answers, locks, turns
from bench.defects.place import Place, prepared
from bench.said import scripts


async def measured(place: Place, tell: Callable[[list[Any]], None]) -> None:
    """Tells every measure, stock first."""

    def note(*row: Any) -> None:
        tell(list(row))

    both = [await asyncio.to_thread(locks.both_inside, make) for make in (place.stock_locks, place.own_locks)]
    note(f"zwei zugleich in einem Gespräch, von {locks.PAIRS} Paaren", *both)
    note("Wartender beginnt nach, ms", await locks.wake_ms(place.stock_locks()), await locks.wake_ms(place.own_locks()))
    (early, late), (own_early, own_late) = [await turns.growing_ms(agent, place.texts) for agent in (place.stock, place.own)]
    note(f"Zug {turns.EARLY}, ms", early, own_early)
    note(f"Zug {turns.LATE}, ms", late, own_late)
    kept = [await turns.kept_bytes(agent, place.redis, place.texts) for agent in (place.stock, place.own)]
    note(f"Byte in Redis nach {turns.KEPT_TURNS} Zügen, Tracker", *kept)
    async with answers.served(place) as doors:
        note("HTTP ohne Modell", *await doors.without_model())
        note("HTTP ohne Redis", *await doors.without_redis())
    # Rasa's default: with its Redis lock store there is no answer at all.
    place.stock.lock_store = InMemoryLockStore()
    (lost, said), (own_lost, own_said) = [await turns.without_redis(agent, place.redis, place.texts) for agent in (place.stock, place.own)]
    note(f"Redis {turns.AWAY_TURNS} Züge lang weg: beantwortet und verloren", lost, own_lost)
    note(f"Redis {turns.AWAY_TURNS} Züge lang weg: als Fehler gemeldet", said, own_said)


def main() -> None:
    """Loads, measures, prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--actions", required=True)
    arguments, tell = parser.parse_args(), printer()
    with tempfile.TemporaryDirectory() as folder:
        texts = [text for script in scripts() for text in script]
        place = prepared(Path(folder), arguments.model, arguments.actions, texts)
        try:
            asyncio.run(measured(place, tell))
        finally:
            place.redis.kill()


if __name__ == "__main__":
    main()
