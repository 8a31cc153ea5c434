"""Fills the inbox: turns that went wrong become messages of groups. Runs off the event loop, from time to time."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection, Engine

from console.inbox.grouping import Groups, Vectors
from console.inbox.score import badness, rank
from console.inbox.tables import eintrag, gruppe
from console.inbox.wrong import Wrong, wrong_turns
from core.clock import Clock

# A thumb may come long after the turn, but within its conversation; a day covers it.
LOOK_BACK = timedelta(days=1)
# In these states a group still takes in what is like it: open, or settled by a decision that covers it.
TAKES_IN = ("offen", "entschieden", "ausserhalb", "fehlt", "nicht_lernen")
Encode = Callable[[Sequence[str]], Vectors]
# Messages of one transaction: SQLite has one writer, and nobody should wait a second for it.
AT_ONCE = 1000
CHUNK = 500


class Collector:
    """``collect`` is called by one at a time. ``encode``: the seam for tests."""

    def __init__(self, engine: Engine, clock: Clock, encode: Encode) -> None:
        self._engine = engine
        self._clock = clock
        self._encode = encode
        self._looked: datetime | None = None

    def collect(self) -> int:
        """How many messages are new. Raises Unavailable where there are no vectors: the next time takes them up."""
        now, since = self._clock(), self._looked and self._looked - LOOK_BACK
        with self._engine.connect() as connection:
            found = wrong_turns(connection, since, now)
            query = select(eintrag.c.zug, eintrag.c.gruende)
            known = dict(connection.execute(query if since is None else query.where(eintrag.c.zeit > since)).all())
        fresh = [one for one in found if one.zug not in known]
        again = [one for one in found if one.zug in known and known[one.zug] != one.gruende]
        vectors = self._encode([one.text for one in fresh])  # outside any transaction: it takes seconds
        for start in range(0, len(fresh), AT_ONCE):
            with self._engine.begin() as connection:
                part = slice(start, start + AT_ONCE)
                recount(connection, self._take_in(connection, fresh[part], vectors[part]))
        with self._engine.begin() as connection:
            recount(connection, self._again(connection, again) | _drifted(connection))
        self._looked = now
        return len(fresh)

    def _again(self, connection: Connection, turns: list[Wrong]) -> set[int]:
        """Turns that are known, and went wrong in another way, too: a thumb came later."""
        for one in turns:
            where = eintrag.c.zug == one.zug
            connection.execute(update(eintrag).where(where).values(gruende=one.gruende, schwere=badness(one.gruende)))
        return set(connection.execute(select(eintrag.c.gruppe).where(eintrag.c.zug.in_([one.zug for one in turns]))).scalars())

    def _take_in(self, connection: Connection, fresh: list[Wrong], vectors: Vectors) -> set[int]:
        if not fresh:
            return set()
        takes_in = select(gruppe.c.id, gruppe.c.summe).where(gruppe.c.zustand.in_(TAKES_IN), gruppe.c.fest == 0).order_by(gruppe.c.id)
        rows = connection.execute(takes_in).all()
        sums = np.array([np.frombuffer(row.summe, dtype=np.float32) for row in rows], dtype=np.float32) if rows else None
        groups = Groups([row.id for row in rows], sums)
        members: dict[int, list[int]] = defaultdict(list)
        for number, place in enumerate(groups.assign(vectors)):
            members[place].append(number)
        for place in members:
            key = groups.ids[place]
            if key is None:
                groups.ids[place] = begin_group(connection, fresh[members[place][0]].zeit, groups.sum(place))
            else:
                connection.execute(update(gruppe).where(gruppe.c.id == key).values(summe=groups.sum(place).tobytes()))
        rows = [
            {"zug": one.zug, "gespraech": one.gespraech, "gruppe": groups.ids[place], "text": one.text, "gruende": one.gruende,
             "schwere": badness(one.gruende), "zeit": one.zeit, "vektor": vectors[number].astype(np.float16).tobytes()}
            for place, numbers in members.items() for number in numbers for one in [fresh[number]]
        ]  # fmt: skip
        connection.execute(insert(eintrag), rows)
        return {key for place in members if (key := groups.ids[place]) is not None}


def begin_group(connection: Connection, moment: datetime, summe: Vectors, fest: bool = False) -> int:
    """An empty group; its id. ``recount`` fills its figures."""
    row = {"anzahl": 0, "buerger": 0, "schwere": 1.0, "zuletzt": moment, "rang": 0.0, "summe": summe.tobytes(), "fest": int(fest)}
    return int(connection.execute(insert(gruppe).values(**row, zustand="offen", entscheidung={})).inserted_primary_key[0])


def recount(connection: Connection, ids: Collection[int]) -> None:
    """Brings the figures of these groups up to date; an open one without messages goes."""
    for start in range(0, len(ids), CHUNK):
        _recount(connection, sorted(ids)[start : start + CHUNK])


def _recount(connection: Connection, ids: Sequence[int]) -> None:
    query = (
        select(eintrag.c.gruppe, func.count(), func.count(func.distinct(eintrag.c.gespraech)), func.max(eintrag.c.schwere),
               func.max(eintrag.c.zeit))
        .where(eintrag.c.gruppe.in_(ids)).group_by(eintrag.c.gruppe)
    )  # fmt: skip
    seen = set()
    for key, count, citizens, bad, last in connection.execute(query).all():
        seen.add(key)
        values = {"anzahl": count, "buerger": citizens, "schwere": bad, "zuletzt": last, "rang": rank(citizens, bad, last)}
        connection.execute(update(gruppe).where(gruppe.c.id == key).values(**values))
    gone = [key for key in ids if key not in seen]
    connection.execute(delete(gruppe).where(gruppe.c.id.in_(gone), gruppe.c.zustand == "offen"))
    connection.execute(update(gruppe).where(gruppe.c.id.in_(gone)).values(anzahl=0, buerger=0))


def _drifted(connection: Connection) -> set[int]:
    """Groups whose messages were deleted with their conversations."""
    there = select(eintrag.c.gruppe, func.count().label("n")).group_by(eintrag.c.gruppe).subquery()
    query = select(gruppe.c.id).outerjoin(there, there.c.gruppe == gruppe.c.id).where(func.coalesce(there.c.n, 0) != gruppe.c.anzahl)
    return set(connection.execute(query).scalars())
