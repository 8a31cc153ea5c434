"""The inbox with 10,000 messages: vectors, grouping and list, each timed. Limit: grouping 10,000 messages within 60 s."""

import json
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
from sqlalchemy import insert, select

from console.conversations.tables import gespraech, zug
from console.inbox.collect import Collector
from console.inbox.grouping import Vectors
from console.inbox.tables import eintrag
from console.inbox.vectors import encode
from console.parts import Console
from core.clock import now
from core.database import engine_for
from core.settings import Settings
from language.sentences import questions

MESSAGES = 10_000
LISTS = 40


def run(settings: Settings, tell: Callable[[str], None], *, as_json: bool) -> None:
    """Prints the seconds of each part, the groups, and how many pairs within a group mean the same service."""
    with tempfile.TemporaryDirectory() as folder:
        own = settings.model_copy(update={"home": Path(folder), "database_url": None})
        console = Console.open(engine_for(own, "konsole"), own)
        service = _fill(console)
        tell(f"{MESSAGES} Nachrichten werden eingeordnet …")
        spent = {"vektoren": 0.0}

        def timed(texts: list[str]) -> Vectors:
            begun = time.perf_counter()
            found = encode(texts)
            spent["vektoren"] += time.perf_counter() - begun
            return found

        collector = Collector(console.engine, now, timed)  # type: ignore[arg-type]
        begun = time.perf_counter()
        collector.collect()
        spent["zusammen"] = time.perf_counter() - begun
        begun = time.perf_counter()
        collector.collect()
        spent["noch_einmal_ohne_neue"] = time.perf_counter() - begun
        lists = []
        for _ in range(LISTS):
            begun = time.perf_counter()
            console.desk.lines()
            lists.append(time.perf_counter() - begun)
        groups = _groups(console, service)
    pairs = [(sum(n * (n - 1) for n in Counter(one).values()), len(one) * (len(one) - 1)) for one in groups]
    result = {
        "nachrichten": MESSAGES, **{name: round(seconds, 1) for name, seconds in spent.items()}, "gruppen": len(groups),
        "in_gruppen_ab_zwei": sum(len(one) for one in groups if len(one) > 1), "groesste": max(map(len, groups)),
        "paare_derselben_leistung": round(sum(same for same, _ in pairs) / max(sum(both for _, both in pairs), 1), 3),
        "liste_p95_ms": round(float(np.quantile(lists, 0.95)) * 1000, 1), "grenze_s": 60,
    }  # fmt: skip
    print(json.dumps(result) if as_json else "\n".join(f"{name:28}{value}" for name, value in result.items()))


def _fill(console: Console) -> dict[str, str]:
    """Example questions as turns that were not understood; {text: service}."""
    known = questions()
    chosen = [known[i * len(known) // MESSAGES] for i in range(MESSAGES)]
    start = now() - timedelta(days=30)
    with console.engine.begin() as connection:
        for name, rows in (("gespraech", gespraech), ("zug", zug)):
            values = []
            for number, (_, intent, text) in enumerate(chosen):
                moment, key = start + timedelta(minutes=4 * number), f"g{number}"
                common = {"fallback": name == "zug", "rueckfrage": False, "ohne_auskunft": False}
                if name == "gespraech":
                    values.append({"id": key, "kanal": "web", "begonnen": moment, "zuletzt": moment, "zuege": 1, "pruefung": False,
                                   "behalten": False, **common})  # fmt: skip
                else:
                    values.append({"eintrag": key, "gespraech": key, "nachricht": "1", "zeit": moment, "text": text, "antworten": [],
                                   "kandidaten": {}, "intent": intent, "sicherheit": 0.3, **common})  # fmt: skip
            connection.execute(insert(rows), values)
    return {text: service for service, _, text in chosen}


def _groups(console: Console, service: dict[str, str]) -> list[list[str]]:
    found = defaultdict(list)
    with console.engine.connect() as connection:
        for group, text in connection.execute(select(eintrag.c.gruppe, eintrag.c.text)):
            found[group].append(service[text])
    return list(found.values())
