"""When people of the city write in the chat, and how many: read from the desk's file, holidays from the library „holidays“."""

from datetime import date, datetime, time
from itertools import groupby
from typing import Annotated, Literal, Self, get_args

import holidays
import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from connectors.gateway.desk.texts import DeskTexts
from core.errors import ConfigurationError
from core.settings import Settings

Weekday = Literal["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"]
DAYS: tuple[Weekday, ...] = get_args(Weekday)


def _span(told: object) -> object:
    """ "08:30-12:00" as two times; 24:00 is the last moment of the day."""
    if not isinstance(told, str):
        return told
    begin, _, end = told.partition("-")
    first, last = (time.max if one.strip() == "24:00" else time.fromisoformat(one.strip()) for one in (begin, end))
    if first >= last:
        raise ValueError("Beginn vor Ende")
    return first, last


Span = Annotated[tuple[time, time], BeforeValidator(_span)]


class Desk(BaseModel):
    """The desk's file. Times are the city's; ``…_minuten`` may have fractions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zeiten: dict[Weekday, list[Span]]
    feiertage: str | None = None
    geschlossen: list[date] = []
    gleichzeitig: int = Field(3, ge=1, le=20)
    warteplaetze: int = Field(10, ge=1, le=100)
    niemand_minuten: float = Field(10, gt=0, le=60)
    still_minuten: float = Field(10, gt=0, le=60)
    dienst_minuten: float = Field(15, gt=0, le=600)
    rueckruf: bool = True
    rueckruf_tage: int = Field(7, ge=1, le=30)
    email: str | None = None
    bausteine: list[Annotated[str, Field(max_length=500)]] = []

    @classmethod
    def read(cls, settings: Settings) -> Self:
        """Raises ConfigurationError with the place of the mistake."""
        try:
            found = cls.model_validate(yaml.safe_load(settings.desk_file.read_text("utf-8")))
            found.is_holiday(date(2026, 1, 1))  # an unknown Land shows at the start
        except (OSError, yaml.YAMLError, ValidationError, NotImplementedError) as error:
            places = (
                ", ".join(".".join(map(str, one["loc"])) for one in error.errors()) if isinstance(error, ValidationError) else str(error)
            )
            raise ConfigurationError(f"{settings.desk_file} passt nicht ({places}). Wie die Datei aussieht: docs/beratung.md.") from None
        return found

    @property
    def is_set_up(self) -> bool:
        """Whether the city offers anything here; else the bot's own way to a person is all there is."""
        return self.rueckruf or any(self.zeiten.values())

    def is_holiday(self, day: date) -> bool:
        """Whether the Land has a public holiday, or the city has closed."""
        return day in self.geschlossen or (self.feiertage is not None and day in holidays.country_holidays("DE", self.feiertage))

    def is_open(self, moment: datetime) -> bool:
        """Whether people write at this moment (with the city's zone)."""
        spans = self.zeiten.get(DAYS[moment.weekday()], [])
        return any(first <= moment.time() < last for first, last in spans) and not self.is_holiday(moment.date())

    def in_words(self, texts: DeskTexts) -> str:
        """ "Montag bis Mittwoch 8:30–12:00 Uhr, Freitag …": days in a row with the same hours are told together."""
        days = [(number, self.zeiten[day]) for number, day in enumerate(DAYS) if self.zeiten.get(day)]
        told = []
        for (_, spans), run in groupby(enumerate(days), key=lambda one: (one[1][0] - one[0], one[1][1])):
            numbers = [number for _, (number, _) in run]
            first, last = texts.tage[numbers[0]], texts.tage[numbers[-1]]
            joint = first if len(numbers) == 1 else f"{first} {texts.bis} {last}"
            told.append(f"{joint} " + f" {texts.und} ".join(f"{_clock(begin)}–{_clock(end)}" for begin, end in spans) + texts.uhr)
        return ", ".join(told)


def _clock(one: time) -> str:
    return "24:00" if one == time.max else f"{one.hour}:{one.minute:02}"
