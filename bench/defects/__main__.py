"""``python -m bench.defects --whose rasa|amtslotse --model FILE --actions URL``: measures, prints each as JSON, [what, value]."""

import argparse
import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent

from bench.apart import printer
from bench.defects import answers, locks, turns
from bench.defects.place import SIDES, Side
from bench.own_redis import OwnRedis
from bench.said import scripts


async def measured(side: Side, redis: OwnRedis, tell: Callable[[list[Any]], None]) -> None:
    """Tells every measure."""
    texts = [text for script in scripts() for text in script]
    both = await asyncio.to_thread(locks.both_inside, side.locks)
    tell([f"zwei zugleich in einem Gespräch, von {locks.PAIRS} Paaren", both])
    tell(["Wartender beginnt nach, ms", await locks.wake_ms(side.locks())])
    early, late = await turns.growing_ms(side.agent, texts)
    tell([f"Zug {turns.EARLY}, ms", early])
    tell([f"Zug {turns.LATE}, ms", late])
    tell([f"Byte in Redis nach {turns.KEPT_TURNS} Zügen, Tracker", await turns.kept_bytes(side.agent, redis, texts)])
    async with answers.served(side) as ask:
        tell(["HTTP ohne Modell", await ask(Agent())])
        tell(["HTTP ohne Redis", await answers.without_redis(ask, side, redis)])
    side.agent.lock_store = side.default_locks  # with Rasa's Redis lock store there is no answer at all
    lost, said = await turns.without_redis(side.agent, redis, texts)
    tell([f"Redis {turns.AWAY_TURNS} Züge lang weg: beantwortet und verloren", lost])
    tell([f"Redis {turns.AWAY_TURNS} Züge lang weg: als Fehler gemeldet", said])


def main() -> None:
    """Loads, measures, prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--whose", choices=SIDES, required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--actions", required=True)
    arguments, tell = parser.parse_args(), printer()
    with tempfile.TemporaryDirectory() as folder:
        redis = OwnRedis(Path(folder))
        try:
            asyncio.run(measured(SIDES[arguments.whose](redis, arguments.model, arguments.actions), redis, tell))
        finally:
            redis.kill()


if __name__ == "__main__":
    main()
