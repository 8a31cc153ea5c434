"""One conversation as staff read it: its turns with what the bot understood, and what staff noted."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.engine import Engine, Row

from console.conversations.tables import gespraech, kommentar, schlagwort, zug
from core.errors import NotFound


@dataclass(frozen=True)
class Transcript:
    """``comments``: those of a turn by its id, those of the whole conversation under None."""

    conversation: Row
    turns: list[Row]
    tags: list[str]
    comments: dict[int | None, list[Row]]


def transcript(engine: Engine, key: str) -> Transcript:
    """Raises NotFound."""
    with engine.connect() as connection:
        found = connection.execute(select(gespraech).where(gespraech.c.id == key)).first()
        if found is None:
            raise NotFound("Dieses Gespräch gibt es nicht oder nicht mehr.")
        turns = list(connection.execute(select(zug).where(zug.c.gespraech == key).order_by(zug.c.id)))
        tags = list(connection.execute(
            select(schlagwort.c.name).where(schlagwort.c.gespraech == key).order_by(schlagwort.c.name)).scalars())  # fmt: skip
        comments: dict[int | None, list[Row]] = {}
        for one in connection.execute(select(kommentar).where(kommentar.c.gespraech == key).order_by(kommentar.c.id)):
            comments.setdefault(one.zug, []).append(one)
    return Transcript(found, turns, tags, comments)
