"""The figures of a week. Each is the number of conversations that its filter shows, or says what else it counts.

A conversation belongs to the week in which it began, with all its messages. Staff tests count nowhere.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, case, distinct, func, select
from sqlalchemy.engine import Connection, Engine

from console.conversations.tables import gespraech, zug
from console.figures.week import Week


@dataclass(frozen=True)
class Figures:
    """``geloest`` and ``ungeloest``: answers to the closing question. ``…_nachrichten``: messages, all else conversations.

    ``median_ms``: of all answers, in milliseconds. The lists: (name, conversations), most first; ``tage`` in their order.
    """

    gespraeche: int
    nachrichten: int
    geloest: int
    ungeloest: int
    fallback: int
    fallback_nachrichten: int
    hoch: int
    runter: int
    hoch_nachrichten: int
    runter_nachrichten: int
    median_ms: int | None
    absichten: list[tuple[str, int]]
    leistungen: list[tuple[str, int]]
    kanaele: list[tuple[str, int]]
    sprachen: list[tuple[str, int]]
    tage: list[tuple[date, int]]

    @property
    def beantwortet(self) -> int:
        """Conversations whose closing question was answered."""
        return self.geloest + self.ungeloest

    @property
    def geloest_anteil(self) -> float | None:
        """Share of those that helped among those answered; null where there are none."""
        return self.geloest / self.beantwortet if self.beantwortet else None

    @property
    def fallback_anteil(self) -> float | None:
        """Share of the messages that were not surely understood."""
        return self.fallback_nachrichten / self.nachrichten if self.nachrichten else None


def figures(engine: Engine, week: Week) -> Figures:
    """Of one week."""
    own = gespraech.c
    inside = and_(own.begonnen >= week.begin, own.begonnen < week.end, own.pruefung.is_(False))
    with engine.connect() as connection:
        summed = connection.execute(select(
            func.count(), _number(own.geloest.is_(True)), _number(own.geloest.is_(False)), _number(own.fallback.is_(True)),
        ).where(inside)).one()  # fmt: skip
        turns = connection.execute(select(
            func.count(), _number(zug.c.fallback.is_(True)), _number(zug.c.daumen == 1), _number(zug.c.daumen == -1),
            *(func.count(distinct(case((zug.c.daumen == value, zug.c.gespraech)))) for value in (1, -1)),
        ).select_from(zug.join(gespraech)).where(inside))  # fmt: skip
        messages, unsure, up_messages, down_messages, up, down = turns.one()
        begun = Counter(moment.date() for moment in connection.execute(select(own.begonnen).where(inside)).scalars())
        return Figures(
            gespraeche=summed[0], nachrichten=messages, geloest=summed[1], ungeloest=summed[2], fallback=summed[3],
            fallback_nachrichten=unsure, hoch=up, runter=down, hoch_nachrichten=up_messages, runter_nachrichten=down_messages,
            median_ms=_median(connection, inside), absichten=_counted(connection, zug.c.intent, inside),
            leistungen=_counted(connection, zug.c.leistung, inside), kanaele=_counted(connection, own.kanal, inside),
            sprachen=_counted(connection, own.sprache, inside), tage=[(one, begun[one]) for one in week.days],
        )  # fmt: skip


def _number(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _counted(connection: Connection, column: Any, inside: Any) -> list[tuple[str, int]]:
    """Values of a column with the number of conversations, most first, then by name."""
    many = func.count(distinct(gespraech.c.id))
    source = zug.join(gespraech) if column.table is zug else gespraech
    wanted = select(column, many).select_from(source).where(inside, column.is_not(None)).group_by(column)
    found: Sequence[Any] = connection.execute(wanted).all()
    # Ordered here: PostgreSQL orders names by its locale.
    return sorted(((str(name), int(count)) for name, count in found), key=lambda one: (-one[1], one[0]))


def _median(connection: Connection, inside: Any) -> int | None:
    """The middle one, or the mean of the two in the middle."""
    times = select(zug.c.ms).select_from(zug.join(gespraech)).where(inside, zug.c.ms.is_not(None))
    count = connection.execute(select(func.count()).select_from(times.subquery())).scalar_one()
    if not count:
        return None
    middle = list(connection.execute(times.order_by(zug.c.ms).offset((count - 1) // 2).limit(2 - count % 2)).scalars())
    return round(sum(middle) / len(middle))
