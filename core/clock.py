"""The time, at one seam: the city's day and hour."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")
Clock = Callable[[], datetime]


def now() -> datetime:
    """The moment, with its zone."""
    return datetime.now(ZONE)


def today() -> date:
    """The city's day."""
    return now().date()
