"""The time, at one seam: the city's day and hour."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")


def now() -> datetime:
    """The moment, with its zone."""
    return datetime.now(ZONE)


def today() -> date:
    """The city's day."""
    return now().date()
