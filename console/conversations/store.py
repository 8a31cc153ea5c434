"""Writes the entries of the stream into SQL, each exactly once: the rows and the place in the stream in one transaction."""

from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy import case, delete, func, insert, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from console.conversations.entry import Closing, Entry, Forgotten, Raw, Thumb, Turn, read
from console.conversations.tables import gespraech, lesestand, zug

STREAM = "lotse:verlauf"
START = "0-0"


class Overtaken(Exception):
    """Another reader has written meanwhile: begin again at the place that it has reached."""


class Store:
    """One writing process; a second one does no harm: the place is set only by who knows the one before."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def place(self) -> str:
        """The entry up to which everything stands here."""
        with suppress(IntegrityError), self._engine.begin() as connection:
            if connection.execute(select(lesestand.c.eintrag)).first() is None:
                connection.execute(insert(lesestand).values(strom=STREAM, eintrag=START))
        with self._engine.connect() as connection:
            return str(connection.execute(select(lesestand.c.eintrag)).scalar_one())

    def write(self, before: str, entries: Sequence[Raw]) -> tuple[str, int]:
        """Writes what follows ``before``; (the new place, the number of entries that nobody could read).

        Raises Overtaken, and SQLAlchemyError where the database is away: then nothing is written.
        """
        place, unknown = entries[-1][0].decode(), 0
        with self._engine.begin() as connection:
            # First, and with what we believe: it locks out every other writer until the end.
            moved = connection.execute(update(lesestand).where(lesestand.c.eintrag == before).values(eintrag=place))
            if moved.rowcount != 1:
                raise Overtaken
            for number, fields in entries:
                entry = read(fields)
                unknown += entry is None
                _put(connection, number.decode(), entry)
        return place, unknown

    def restart(self, before: str) -> None:
        """Begins at the start of the stream: Redis has lost its data. What stands here already stays as it is."""
        with self._engine.begin() as connection:
            connection.execute(update(lesestand).where(lesestand.c.eintrag == before).values(eintrag=START))


def _put(connection: Connection, number: str, entry: Entry | None) -> None:
    match entry:
        case Turn():
            _turn(connection, number, entry)
        case Thumb():
            of_it = (zug.c.gespraech == entry.gespraech) & (zug.c.nachricht == entry.nachricht)
            connection.execute(update(zug).where(of_it).values(daumen=entry.daumen, grund=entry.grund))
            worst = select(func.min(zug.c.daumen)).where(zug.c.gespraech == entry.gespraech).scalar_subquery()
            connection.execute(update(gespraech).where(gespraech.c.id == entry.gespraech).values(daumen=worst))
        case Closing():
            connection.execute(update(gespraech).where(gespraech.c.id == entry.gespraech).values(geloest=entry.geloest))
        case Forgotten():
            # What others keep of it (its turns, tags, comments, items of the inbox) goes with it: their keys say ON DELETE CASCADE.
            connection.execute(delete(gespraech).where(gespraech.c.id == entry.gespraech))


def _turn(connection: Connection, number: str, turn: Turn) -> None:
    if connection.execute(select(zug.c.id).where(zug.c.eintrag == number)).first():
        return
    known = connection.execute(select(gespraech.c.id).where(gespraech.c.id == turn.gespraech)).first()
    if known is None:
        connection.execute(insert(gespraech).values(
            id=turn.gespraech, kanal=turn.kanal, begonnen=turn.moment, zuletzt=turn.moment, zuege=0, pruefung=turn.pruefung,
            behalten=False, erste=turn.text or turn.knopf or "",
        ))  # fmt: skip
    sure = turn.intent.confidence if turn.intent else None
    connection.execute(insert(zug).values(
        eintrag=number, gespraech=turn.gespraech, nachricht=turn.nachricht, zeit=turn.moment, text=turn.text, knopf=turn.knopf,
        antworten=turn.antworten or [], sprache=turn.sprache, leistung=turn.leistung, intent=turn.intent and turn.intent.name,
        sicherheit=sure, kandidaten=turn.kandidaten.model_dump(mode="json"), fallback=turn.fallback, rueckfrage=turn.rueckfrage,
        ohne_auskunft=turn.ohne_auskunft, ms=turn.ms, modell=turn.modell, sekunden=turn.sekunden, ausgefallen=turn.antworten is None,
    ))  # fmt: skip
    lowest = gespraech.c.sicherheit
    summed = {
        "zuege": gespraech.c.zuege + 1,
        "zuletzt": turn.moment,  # a conversation's messages are answered in their order
        "sprache": turn.sprache or gespraech.c.sprache,
        "sicherheit": lowest if sure is None else case((lowest < sure, lowest), else_=sure),
        **{name: True for name in ("fallback", "rueckfrage", "ohne_auskunft") if getattr(turn, name)},
    }
    connection.execute(update(gespraech).where(gespraech.c.id == turn.gespraech).values(**summed))
