"""What a delivery of Messenger holds for us (developers.facebook.com/docs/messenger-platform/reference/webhook-events)."""

from pydantic import BaseModel

from connectors.channel.incoming import Event, Incoming, Kind
from connectors.meta.webhook import parsed

KINDS: dict[str, Kind] = {"image": "bild", "video": "video", "audio": "sprache", "file": "datei", "location": "standort"}
# Payload of the button that begins a conversation (docs/messenger.md).
BEGIN = "beginn"


class _Person(BaseModel):
    id: str


class _Payload(BaseModel):
    payload: str = ""


class _Content(BaseModel):
    sticker_id: int | None = None


class _Attachment(BaseModel):
    type: str
    payload: _Content | None = None


class _Message(BaseModel):
    mid: str
    text: str = ""
    is_echo: bool = False
    quick_reply: _Payload | None = None
    attachments: list[_Attachment] = []


class _Postback(BaseModel):
    mid: str = ""
    payload: str = ""


class _Edit(BaseModel):
    mid: str
    text: str
    num_edit: int = 0


class _Messaging(BaseModel):
    sender: _Person
    timestamp: int
    message: _Message | None = None
    postback: _Postback | None = None
    message_edit: _Edit | None = None


class _Entry(BaseModel):
    messaging: list[_Messaging] = []


class _Delivery(BaseModel):
    object: str = ""
    entry: list[_Entry] = []


def read(body: bytes) -> list[Event]:
    """Messages to our page; receipts and our own are none. Raises BadInput."""
    delivery = parsed(body, _Delivery)
    if delivery.object != "page":
        return []
    return [found for entry in delivery.entry for one in entry.messaging if (found := _event(one))]


def _event(one: _Messaging) -> Incoming | None:
    said = _said(one)
    if said is None:
        return None
    id, kind, text, token = said
    return Incoming(id=id, chat=one.sender.id, order=one.timestamp, time=one.timestamp // 1000, kind=kind, text=text, token=token)


def _said(one: _Messaging) -> tuple[str, Kind, str, str] | None:
    """Id, kind, text and token."""
    if one.postback:
        id = one.postback.mid or f"{one.sender.id} {one.timestamp}"
        begins = one.postback.payload == BEGIN
        return id, "beginn" if begins else "knopf", "", "" if begins else one.postback.payload
    if one.message_edit:
        return f"{one.message_edit.mid} {one.message_edit.num_edit}", "text", one.message_edit.text, ""
    message = one.message
    if message is None or message.is_echo:
        return None
    if message.quick_reply:
        return message.mid, "knopf", "", message.quick_reply.payload
    if message.attachments:
        return message.mid, _kind(message.attachments[0]), message.text, ""
    return message.mid, "text", message.text, ""


def _kind(attachment: _Attachment) -> Kind:
    if attachment.payload and attachment.payload.sticker_id:
        return "sticker"
    return KINDS.get(attachment.type, "anderes")
