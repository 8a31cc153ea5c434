"""What goes in and out of the gateway's API."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from connectors.gateway.cleaning import clean
from core.answer import Antwort

MessageId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


def _clean(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


class Message(BaseModel):
    """What a citizen sends: ``text`` they typed or the ``payload`` of a button that was offered, exactly one of them.

    ``message_id`` is chosen by the client; sent again, it gets the same answer and the bot is asked once.
    """

    model_config = ConfigDict(frozen=True)

    message_id: MessageId
    text: Annotated[str | None, BeforeValidator(_clean)] = None
    payload: Annotated[str | None, Field(max_length=300)] = None


class Beginning(BaseModel):
    """How a conversation begins. ``pruefung``: somebody only tries something; it counts in no figure."""

    model_config = ConfigDict(frozen=True)

    pruefung: bool = False


# What a client may offer besides words of one's own: wrong, incomplete, hard to understand, about something else.
REASONS = ("falsch", "unvollstaendig", "unverstaendlich", "anderes_thema")


class Rating(BaseModel):
    """Thumbs up or down for one answer; the last one counts. ``reason``: one of REASONS, or a few words (masked before staff read them)."""

    model_config = ConfigDict(frozen=True)

    value: Literal["up", "down"]
    reason: Annotated[str | None, BeforeValidator(_clean), Field(max_length=300, examples=list(REASONS))] = None


class Solved(BaseModel):
    """The answer to the closing question, whether this helped; the last one counts."""

    model_config = ConfigDict(frozen=True)

    solved: bool


class NewConversation(BaseModel):
    """A conversation begun. ``token`` is shown once; it ends after ``expires_minutes`` without a message.

    ``code`` names it towards the city: who asks what is stored of it, or wants it deleted, reads this out.
    """

    id: str
    token: str
    code: str
    expires_minutes: int
    greeting: Antwort | None = None


class Intent(BaseModel):
    """What the bot understood, with its confidence (0 to 1)."""

    model_config = ConfigDict(frozen=True)

    name: str | None
    confidence: float


class Reply(BaseModel):
    """The answer to one message. ``intent`` is null where the bot was not asked; ``ms``: time to the answer."""

    model_config = ConfigDict(frozen=True)

    message_id: str
    replies: list[Antwort]
    intent: Intent | None
    ms: int


class Stored(BaseModel):
    """What staff may read of a conversation, masked (Art. 15 DSGVO): rows by kind, the conversation itself first."""

    code: str
    gespeichert: dict[str, list[dict[str, Any]]]


class Accepted(BaseModel):
    """The message was taken; its answer comes on the event stream."""

    message_id: str


class Failure(BaseModel):
    """A message that could not be answered; ``detail`` is for the citizen."""

    model_config = ConfigDict(frozen=True)

    message_id: str
    detail: str


class Readiness(BaseModel):
    """``missing`` names what does not answer; a citizen gets an answer only when it is empty."""

    ready: bool
    missing: list[str]
