"""What goes in and out of the gateway's API."""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

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


class Act(BaseModel):
    """What the desk does: a person takes the conversation, says something, hands it back, closes it; or nobody does, the person is silent,
    the place in the queue changes. ``name``: the person as citizens see them."""

    model_config = ConfigDict(frozen=True)

    was: Literal["nimmt", "sagt", "gibt_zurueck", "schliesst", "niemand", "still", "rueckt"]
    name: str = ""
    text: str = ""
    platz: int = 0
    sprache: str = "de"


class Queued(Message):
    """A message as it lies in the queue. ``amt``: it is the desk's and not the citizen's; no request can set it."""

    amt: Act | None = None


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


class Hinweis(BaseModel):
    """A notice of the city for everybody: plain text, shown from ``von`` until ``bis``."""

    model_config = ConfigDict(frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
    text: Annotated[str, BeforeValidator(_clean), Field(min_length=1, max_length=300)]
    von: AwareDatetime
    bis: AwareDatetime


class NewConversation(BaseModel):
    """A conversation begun. ``token`` is shown once; it ends after ``expires_minutes`` without a message.

    ``code`` names it towards the city: who asks what is stored of it, or wants it deleted, reads this out.
    ``hinweise``: what the city has to tell everybody just now.
    """

    id: str
    token: str
    code: str
    expires_minutes: int
    hinweise: list[Hinweis] = []
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
