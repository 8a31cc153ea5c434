"""What comes from a messenger, whichever it is."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

# Each but the first three is answered with what is possible instead (``hinweise`` in kanaele.yml).
Kind = Literal["text", "knopf", "beginn", "bild", "video", "sprache", "datei", "standort", "kontakt", "sticker", "anderes"]
SPOKEN = ("text", "knopf", "beginn")


class Incoming(BaseModel):
    """One message of a citizen. It holds personal data: it is sealed wherever it lies, and never logged.

    ``id``: the platform's own, the same when it is delivered again. ``chat``: whom to answer. ``order``: grows with each message of a
    chat. ``time``: when it was sent, seconds since 1970, where the platform tells. ``text``: what was typed, or stands below a picture.
    ``token``: of a button pressed. ``album``: pictures sent at once share it. ``receipt``: what the platform wants to hear again.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    chat: str
    order: int
    time: int | None = None
    kind: Kind
    text: str = ""
    token: str = ""
    album: str = ""
    receipt: str = ""


class Undelivered(BaseModel):
    """The platform tells later that it could not deliver a message. ``reason``: its number for it."""

    model_config = ConfigDict(frozen=True)

    reason: str


Event = Incoming | Undelivered
