"""The entries of the event stream, as connectors/gateway/record.py writes them. What an older gateway left out has its default."""

import json
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

# PostgreSQL takes no NUL in a text.
Words = Annotated[str, AfterValidator(lambda text: text.replace("\x00", ""))]
Scored = list[tuple[str, float]]
# (place in the stream, fields)
Raw = tuple[bytes, dict[bytes, bytes]]
# As long as the columns (tables.py).
Id = Annotated[Words, StringConstraints(max_length=64)]
Name = Annotated[Words, StringConstraints(max_length=40)]
Service = Annotated[Words, StringConstraints(max_length=80)]
Channel = Annotated[Words, StringConstraints(max_length=20)]
Language = Annotated[Words, StringConstraints(max_length=8)]
Payload = Annotated[Words, StringConstraints(max_length=300)]
Reason = Annotated[Words, StringConstraints(max_length=500)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Intent(Part):
    """What was understood, with its confidence (0 to 1)."""

    name: Name | None
    confidence: float


class Candidates(Part):
    """The likeliest intents and services, with their scores, best first."""

    absichten: Scored = []
    leistungen: Scored = []


class Turn(Part):
    """A message and its answers, masked. No answers at all: it failed."""

    gespraech: Id
    nachricht: Id
    zeit: Annotated[int, Field(ge=0, le=4_000_000_000_000)]
    text: Words
    knopf: Payload | None = None
    kanal: Channel = "web"
    pruefung: bool = False
    antworten: list[Words] | None = None
    sprache: Language | None = None
    leistung: Service | None = None
    intent: Intent | None = None
    kandidaten: Candidates = Candidates()
    fallback: bool = False
    rueckfrage: bool = False
    ohne_auskunft: bool = False
    ms: Annotated[int, Field(ge=0, lt=2**31)] | None = None
    modell: Name | None = None
    sekunden: dict[str, float] = {}

    @property
    def moment(self) -> datetime:
        """When it was taken in."""
        return datetime.fromtimestamp(self.zeit / 1000, UTC)


class Thumb(Part):
    """A rating of one answer: 1 or -1, with its reason."""

    gespraech: Id
    nachricht: Id
    daumen: Annotated[int, Field(ge=-1, le=1)]
    grund: Reason | None = None


class Closing(Part):
    """The answer to the closing question."""

    gespraech: Id
    geloest: bool


class Forgotten(Part):
    """The conversation is to be forgotten."""

    gespraech: Id


Entry = Turn | Thumb | Closing | Forgotten


def read(fields: dict[bytes, bytes]) -> Entry | None:
    """The entry; None where it is none that we know: one of a later gateway, or a broken one. It must not hold up those behind it."""
    try:
        if b"geloescht" in fields:
            return Forgotten(gespraech=fields[b"geloescht"].decode())
        if b"zug" in fields:
            return Turn.model_validate_json(fields[b"zug"])
        told = json.loads(fields[b"bewertung"])
        return Thumb.model_validate(told) if "daumen" in told else Closing.model_validate(told)
    except (ValidationError, ValueError, KeyError, TypeError):
        return None
