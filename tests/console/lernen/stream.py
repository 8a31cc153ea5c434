"""What citizens said, from the real stream into the console's tables."""

import json
from datetime import UTC, datetime
from typing import Any

import redis
from sqlalchemy import insert, select, update
from sqlalchemy.engine import Engine

from connectors.gateway.record import STREAM
from console.conversations.tables import gespraech, zug
from core.settings import Settings


def read_into(engine: Engine, settings: Settings) -> None:
    """Each turn and each thumb of the stream, once."""
    store = redis.from_url(settings.redis_address)
    with engine.begin() as connection:
        known = set(connection.execute(select(zug.c.eintrag)).scalars())
        for entry, fields in store.xrange(STREAM):
            name = entry.decode()
            if b"zug" in fields and name not in known:
                _turn(connection, name, json.loads(fields[b"zug"]))
            elif b"bewertung" in fields:
                told = json.loads(fields[b"bewertung"])
                if "daumen" in told:
                    connection.execute(update(zug).where(zug.c.nachricht == told["nachricht"]).values(daumen=told["daumen"]))
    store.close()


def _turn(connection: Any, entry: str, told: dict[str, Any]) -> None:
    moment, intent = datetime.fromtimestamp(told["zeit"] / 1000, UTC), told.get("intent") or {}
    if not connection.execute(select(gespraech.c.id).where(gespraech.c.id == told["gespraech"])).first():
        row = {"id": told["gespraech"], "kanal": told["kanal"], "begonnen": moment, "zuletzt": moment, "zuege": 1, "behalten": False}
        connection.execute(insert(gespraech).values(**row, pruefung=told["pruefung"]))
    connection.execute(insert(zug).values(
        eintrag=entry, gespraech=told["gespraech"], nachricht=told["nachricht"], zeit=moment, text=told["text"], knopf=told["knopf"],
        antworten=told.get("antworten", []), sprache=told.get("sprache"), leistung=told.get("leistung"), intent=intent.get("name"),
        sicherheit=intent.get("confidence"), kandidaten=told.get("kandidaten", {}), fallback=told.get("fallback", False),
        rueckfrage=told.get("rueckfrage", False), ohne_auskunft=told.get("ohne_auskunft", False), ms=told.get("ms"),
    ))  # fmt: skip
