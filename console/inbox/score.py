"""How useful it is to look at a group: how many citizens × how bad × how recent, which is worth half after two weeks.

Kept as a logarithm with the moment in it, so that the order stays as it is while time goes on: nothing has to be computed anew.
"""

from datetime import datetime
from math import log2

HALF_DAYS = 14.0
# How bad each reason is. A thumb down is a citizen who says so; low confidence is only our suspicion.
BAD: dict[str, float] = {"daumen": 3.0, "rueckfrage": 2.0, "unverstanden": 2.0, "ohne_auskunft": 1.5, "unsicher": 1.0}


def badness(reasons: list[str]) -> float:
    """That of the worst reason."""
    return max(BAD[one] for one in reasons)


def rank(citizens: int, bad: float, last: datetime) -> float:
    """Higher comes first."""
    return log2(max(citizens, 1) * bad) + last.timestamp() / 86_400 / HALF_DAYS
