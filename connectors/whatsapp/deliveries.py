"""What a delivery of WhatsApp holds for us (developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples)."""

from pydantic import BaseModel, Field

from connectors.channel.incoming import Event, Incoming, Kind, Undelivered
from connectors.meta.webhook import parsed

KINDS: dict[str, Kind] = {
    "image": "bild", "video": "video", "audio": "sprache", "document": "datei", "location": "standort", "contacts": "kontakt",
    "sticker": "sticker",
}  # fmt: skip
# No messages: a heart under one of ours, a changed number.
SILENT = ("reaction", "system", "request_welcome")


class _Body(BaseModel):
    body: str = ""


class _Chosen(BaseModel):
    id: str = ""


class _Interactive(BaseModel):
    button_reply: _Chosen | None = None
    list_reply: _Chosen | None = None


class _Media(BaseModel):
    caption: str = ""


class _Message(BaseModel):
    id: str
    sender: str = Field(alias="from")
    timestamp: int
    type: str
    text: _Body | None = None
    interactive: _Interactive | None = None
    image: _Media | None = None
    video: _Media | None = None
    document: _Media | None = None


class _Error(BaseModel):
    code: int


class _Status(BaseModel):
    status: str
    errors: list[_Error] = []


class _Metadata(BaseModel):
    phone_number_id: str


class _Value(BaseModel):
    metadata: _Metadata | None = None
    messages: list[_Message] = []
    statuses: list[_Status] = []


class _Change(BaseModel):
    field: str = ""
    value: _Value


class _Entry(BaseModel):
    changes: list[_Change] = []


class _Delivery(BaseModel):
    entry: list[_Entry] = []


def read(body: bytes, number: str) -> list[Event]:
    """Messages to our number, and what could not be delivered from it. Raises BadInput."""
    values = [change.value for entry in parsed(body, _Delivery).entry for change in entry.changes if change.field == "messages"]
    own = [value for value in values if value.metadata and value.metadata.phone_number_id == number]
    failed = [status for value in own for status in value.statuses if status.status == "failed"]
    return [
        *(_message(message) for value in own for message in value.messages if message.type not in SILENT),
        *(Undelivered(reason=str(status.errors[0].code if status.errors else "?")) for status in failed),
    ]


def _message(message: _Message) -> Incoming:
    kind, text, token = _said(message)
    return Incoming(id=message.id, chat=message.sender, order=message.timestamp, time=message.timestamp, kind=kind, text=text, token=token,
                    receipt=message.id)  # fmt: skip


def _said(message: _Message) -> tuple[Kind, str, str]:
    if message.text:
        return "text", message.text.body, ""
    if message.interactive:
        chosen = message.interactive.button_reply or message.interactive.list_reply
        return ("knopf", "", chosen.id) if chosen else ("anderes", "", "")
    media = message.image or message.video or message.document
    return KINDS.get(message.type, "anderes"), media.caption if media else "", ""
