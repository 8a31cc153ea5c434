"""What staff note on a conversation: seen, kept, tags, comments. None of it changes what was said."""

from collections.abc import Callable

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection, Engine

from console.access.audit import note
from console.conversations.tables import gespraech, kommentar, schlagwort, zug
from console.person import Person
from core.clock import Clock
from core.errors import BadInput, NotFound
from language.masking import mask

LONGEST_TAG = 40
MOST_TAGS = 10
LONGEST_COMMENT = 2000


class Notes:
    """Each method raises NotFound where the conversation is gone meanwhile. ``alias``: how the trail names a conversation."""

    def __init__(self, engine: Engine, clock: Clock, alias: Callable[[str], str]) -> None:
        self._engine = engine
        self._clock = clock
        self._alias = alias

    def seen(self, key: str, who: Person, yes: bool) -> None:
        """Marks it as read by this person, or as unread again."""
        with self._engine.begin() as connection:
            values = {"gesehen_von": who.name, "gesehen_am": self._clock()} if yes else {"gesehen_von": None, "gesehen_am": None}
            _found(connection.execute(update(gespraech).where(gespraech.c.id == key).values(**values)).rowcount)

    def preserve(self, key: str, who: Person, yes: bool) -> None:
        """Takes it out of, or gives it back to, the deletion after some days; this stands in the trail."""
        with self._engine.begin() as connection:
            _found(connection.execute(update(gespraech).where(gespraech.c.id == key).values(behalten=yes)).rowcount)
            note(connection, self._clock(), who.name, "gespraech_behalten" if yes else "gespraech_nicht_behalten", self._alias(key))

    def tag(self, key: str, who: Person, name: str) -> None:
        """Adds a tag; one that is there already stays. Raises BadInput."""
        name = " ".join(name.split()).lower()
        if not name or len(name) > LONGEST_TAG:
            raise BadInput(f"Ein Schlagwort hat 1 bis {LONGEST_TAG} Zeichen.")
        with self._engine.begin() as connection:
            _lock(connection, key)
            known = list(connection.execute(select(schlagwort.c.name).where(schlagwort.c.gespraech == key)).scalars())
            if name in known:
                return
            if len(known) >= MOST_TAGS:
                raise BadInput(f"Mehr als {MOST_TAGS} Schlagworte sind nicht möglich. Bitte nehmen Sie zuerst eines weg.")
            connection.execute(insert(schlagwort).values(gespraech=key, name=name, von=who.name))

    def untag(self, key: str, name: str) -> None:
        """Takes a tag away."""
        with self._engine.begin() as connection:
            connection.execute(delete(schlagwort).where((schlagwort.c.gespraech == key) & (schlagwort.c.name == name)))

    def comment(self, key: str, who: Person, text: str, turn: int | None) -> None:
        """Adds a comment, masked as everything here. Raises BadInput."""
        text = text.strip()
        if not text or len(text) > LONGEST_COMMENT:
            raise BadInput(f"Ein Kommentar hat 1 bis {LONGEST_COMMENT} Zeichen.")
        with self._engine.begin() as connection:
            _lock(connection, key)
            of_it = (zug.c.id == turn) & (zug.c.gespraech == key)
            if turn is not None and connection.execute(select(zug.c.id).where(of_it)).first() is None:
                raise NotFound("Diese Nachricht gibt es nicht oder nicht mehr.")
            connection.execute(insert(kommentar).values(gespraech=key, zug=turn, wer=who.name, wann=self._clock(), text=mask(text)[0]))

    def uncomment(self, key: str, who: Person, number: int) -> None:
        """Takes one's own comment back. Raises NotFound for that of somebody else."""
        own = (kommentar.c.id == number) & (kommentar.c.gespraech == key) & (kommentar.c.wer == who.name)
        with self._engine.begin() as connection:
            _found(connection.execute(delete(kommentar).where(own)).rowcount)


def _lock(connection: Connection, key: str) -> None:
    """The conversation stays until the transaction ends, and nobody else notes on it meanwhile."""
    _found(connection.execute(update(gespraech).where(gespraech.c.id == key).values(behalten=gespraech.c.behalten)).rowcount)


def _found(rows: int) -> None:
    if not rows:
        raise NotFound("Das gibt es nicht oder nicht mehr.")
