"""What a Telegram update holds for us (core.telegram.org/bots/api#update). Private chats only: nobody asked us into a group."""

import json

from pydantic import BaseModel, Field, ValidationError

from connectors.channel.incoming import Event, Incoming, Kind
from connectors.gateway.texts import texts
from core.errors import BadInput

# Which field of a message says what it is; the first that is there counts.
KINDS: tuple[tuple[str, Kind], ...] = (
    ("photo", "bild"), ("animation", "video"), ("video", "video"), ("video_note", "video"), ("voice", "sprache"), ("audio", "sprache"),
    ("sticker", "sticker"), ("document", "datei"), ("location", "standort"), ("venue", "standort"), ("contact", "kontakt"),
    ("poll", "anderes"), ("dice", "anderes"), ("story", "anderes"),
)  # fmt: skip
_STOP = ("stop", "stopp")


class _Chat(BaseModel):
    id: int
    type: str


class _Message(BaseModel):
    date: int
    chat: _Chat
    text: str | None = None
    caption: str | None = None
    media_group_id: str | None = None
    edit_date: int | None = None
    model_config = {"extra": "allow"}


class _Pressed(BaseModel):
    id: str
    data: str | None = None
    message: _Message | None = None


class _Update(BaseModel):
    update_id: int = Field(ge=0)
    message: _Message | None = None
    edited_message: _Message | None = None
    callback_query: _Pressed | None = None


def read(body: bytes) -> list[Event]:
    """The message of an update, if it has one for us. Raises BadInput."""
    try:
        update = _Update.model_validate(json.loads(body.decode("utf-8")))
    except (ValueError, RecursionError, ValidationError):
        raise BadInput(texts().nicht_lesbar) from None
    if update.callback_query:
        return _pressed(update.update_id, update.callback_query)
    if update.edited_message:
        # A corrected question is asked anew. A position that moves comes as an edit every few seconds, and is not.
        return _message(update.update_id, update.edited_message) if update.edited_message.text else []
    return _message(update.update_id, update.message) if update.message else []


def _pressed(number: int, pressed: _Pressed) -> list[Event]:
    if not pressed.message or pressed.message.chat.type != "private" or not pressed.data:
        return []
    chat = str(pressed.message.chat.id)
    return [Incoming(id=str(number), chat=chat, order=number, kind="knopf", token=pressed.data, receipt=pressed.id)]


def _message(number: int, message: _Message) -> list[Event]:
    if message.chat.type != "private":
        return []
    kind, text = _said(message)
    if kind is None:
        return []  # something of the app itself: a pinned message, a changed background
    return [
        Incoming(id=str(number), chat=str(message.chat.id), order=number, time=message.edit_date or message.date, kind=kind, text=text,
                 album=message.media_group_id or "")
    ]  # fmt: skip


def _said(message: _Message) -> tuple[Kind | None, str]:
    if message.text is not None:
        return _typed(message.text)
    sent = message.model_extra or {}
    return next((kind for field, kind in KINDS if field in sent), None), message.caption or ""


def _typed(text: str) -> tuple[Kind, str]:
    """A command is a word like any other, but for /start and /stopp."""
    command, _, rest = text.partition(" ")
    name = command[1:].partition("@")[0].lower() if command.startswith("/") else ""
    if name == "start":
        return "beginn", rest.strip()
    return ("text", name) if name in _STOP else ("text", text)
