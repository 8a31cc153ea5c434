"""A week of the city: Monday to Sunday, by the clock of Berlin."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from console.conversations.filter import day

DAYS = 7


@dataclass(frozen=True)
class Week:
    """Begins on ``monday``. A change of the clock makes one of them an hour shorter or longer."""

    monday: date

    @classmethod
    def of(cls, one: date) -> Self:
        """The week in which this day lies."""
        return cls(one - timedelta(days=one.weekday()))

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=DAYS - 1)

    @property
    def days(self) -> list[date]:
        """Its seven days."""
        return [self.monday + timedelta(days=number) for number in range(DAYS)]

    @property
    def begin(self) -> datetime:
        """Its first moment."""
        return day(self.monday)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return day(self.monday, after=DAYS)

    def moved(self, weeks: int) -> "Week":
        """So many weeks later."""
        return Week(self.monday + timedelta(days=DAYS * weeks))
