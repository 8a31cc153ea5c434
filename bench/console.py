"""``./lotse bench console``: how long staff wait for the list, its filters and the search, over many generated messages."""

import json
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy.engine import Engine

from bench.filling import BEGIN, fill
from cli.system import Tell
from console.conversations.filter import Filter
from console.conversations.listing import Listing
from console.conversations.tables import metadata
from console.figures.figures import figures
from console.figures.week import Week
from core.database import engine_for
from core.settings import Settings

SIZES = (200_000, 1_000_000)
# 200,000 messages on SQLite; a million are measured without a limit.
LIMITS = {"p95_ms": 300.0}
TIMES = 3
ASKED: dict[str, tuple[dict[str, str], ...]] = {
    "liste": ({}, {"pruefung": "auch"}),
    "filter": (
        {"intent": "frage_kosten"}, {"leistung": "personalausweis"}, {"auffaellig": "fallback"}, {"auffaellig": "ohne_auskunft"},
        {"daumen": "runter"}, {"daumen": "ohne"}, {"sicher_von": "20", "sicher_bis": "50"}, {"von": "2026-09-01", "bis": "2026-09-07"},
        {"geloest": "nein"}, {"sprache": "tr"}, {"laenge_von": "9"}, {"gesehen": "ja"}, {"pruefung": "nur"},
        {"intent": "frage_frist", "sicher_bis": "40", "daumen": "runter", "sprache": "en"},
    ),
    "suche": (
        {"q": "personalausweis"}, {"q": "kosten ausweis"}, {"q": "hund"}, {"q": "ich"}, {"q": "wo"}, {"q": "gibtesnicht"},
        {"q": "was", "intent": "frage_kosten", "von": "2026-09-01"},
    ),
}  # fmt: skip


def run(settings: Settings, tell: Tell, *, as_json: bool) -> None:
    """On a database of its own: LOTSE_DATABASE_URL must name an empty one, or none for SQLite."""
    for messages in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            engine = engine_for(settings.model_copy(update={"home": Path(folder)}), "konsole")
            metadata.create_all(engine)
            tell(f"{messages} Nachrichten werden erzeugt …")
            begun = time.monotonic()
            fill(engine, messages)
            tell(f"… in {time.monotonic() - begun:.0f} s")
            _show({"nachrichten": messages, "datenbank": engine.dialect.name, **measured(engine)}, as_json)
            metadata.drop_all(engine)
            engine.dispose()


def _show(found: dict[str, Any], as_json: bool) -> None:
    """At once: a million messages take their time."""
    limits = LIMITS if found["nachrichten"] == SIZES[0] else {}
    if as_json:
        print(json.dumps({**found, "grenzen": limits}), flush=True)
        return
    for name, value in found.items():
        told = f"{value:.1f}" if isinstance(value, float) else str(value)
        print(f"{name:18} {told:>10}" + (f"   Grenze {limits[name]:g}" if name in limits else ""), flush=True)


def measured(engine: Engine) -> dict[str, float]:
    """p95 of a page of the list with its number, by kind of question and of all; the next pages, too; the figures of a week (median)."""
    listing, every, found = Listing(engine), [], {}
    for kind, questions in ASKED.items():
        times = [ms for given in questions for _ in range(TIMES) for ms in _page(listing, Filter.read(given))]
        found[f"{kind}_p95_ms"] = p95(times)
        every += times
    weeks = [Week.of(BEGIN.date()).moved(number) for number in range(2, 7)]
    return {**found, "p95_ms": p95(every), "woche_ms": median(_ms(partial(figures, engine, week)) for week in weeks)}


def _page(listing: Listing, asked: Filter) -> list[float]:
    """Times of the first page with its number, as the page asks for it, and of the second one."""
    begun = time.perf_counter()
    first = listing.page(asked)
    listing.count(asked)
    times = [(time.perf_counter() - begun) * 1000]
    if first.older:
        times.append(_ms(lambda: listing.page(asked, behind=first.older)))
    return times


def _ms(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def p95(times: list[float]) -> float:
    """The time that one of twenty is longer than."""
    return sorted(times)[int(0.95 * (len(times) - 1))]
