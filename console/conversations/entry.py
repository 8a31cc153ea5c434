"""The entries of the event stream, as connectors/gateway/record.py writes them. What an older gateway left out has its default."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

# PostgreSQL takes no NUL in a text.
Words = Annotated[str, AfterValidator(lambda text: text.replace("\x00", ""))]
Scored = list[tuple[str, float]]
# (place in the stream, fields)
Raw = tuple[bytes, dict[bytes, bytes]]


def _short(most: int) -> Any:
    return Annotated[Words, StringConstraints(max_length=most)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Intent(Part):
    """What was understood, with its confidence (0 to 1)."""

    name: _short(40) | None
    confidence: float


class Candidates(Part):
    """The likeliest intents and services, with their scores, best first."""

    absichten: Scored = []
    leistungen: Scored = []


class Turn(Part):
    """A message and its answers, masked. No answers at all: it failed."""

    gespraech: _short(64)
    nachricht: _short(64)
    zeit: Annotated[int, Field(ge=0, le=4_000_000_000_000)]
    text: Words
    knopf: _short(300) | None = None
    kanal: _short(20) = "web"
    pruefung: bool = False
    antworten: list[Words] | None = None
    sprache: _short(8) | None = None
    leistung: _short(80) | None = None
    intent: Intent | None = None
    kandidaten: Candidates = Candidates()
    fallback: bool = False
    rueckfrage: bool = False
    ohne_auskunft: bool = False
    ms: Annotated[int, Field(ge=0, lt=2**31)] | None = None
    modell: _short(40) | None = None
    sekunden: dict[str, float] = {}

    @property
    def moment(self) -> datetime:
        """When it was taken in."""
        return datetime.fromtimestamp(self.zeit / 1000, UTC)


class Thumb(Part):
    """A rating of one answer: 1 or -1, with its reason."""

    gespraech: _short(64)
    nachricht: _short(64)
    daumen: Annotated[int, Field(ge=-1, le=1)]
    grund: _short(500) | None = None


class Closing(Part):
    """The answer to the closing question."""

    gespraech: _short(64)
    geloest: bool


class Forgotten(Part):
    """The conversation is to be forgotten."""

    gespraech: _short(64)


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
