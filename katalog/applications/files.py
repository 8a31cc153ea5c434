"""What may be uploaded: PDF, JPEG and PNG, known by their content. Names of files are made harmless."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from core.errors import BadInput
from katalog.applications.texts import texts

MOST_BYTES = 10 * 1024 * 1024
# The longest name that is kept, without its ending.
MOST_CHARACTERS = 80
_ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
_BEGINNINGS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
# Names in a PDF of what runs, opens something or brings other files along. Short ones (/JS, /AA) also stand by chance in 10 MB of
# pixels; an action that runs a script has /JavaScript beside /JS. What a compressed stream hides is not seen.
_ACTIVE = re.compile(rb"/(JavaScript|EmbeddedFiles?|Launch|RichMedia|XFA)\b")
_LOCKED = re.compile(rb"/Encrypt\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class Anlage:
    """A file: clean name, media type as its content says, bytes."""

    name: str
    typ: str
    inhalt: bytes


def checked(name: str, content: bytes) -> Anlage:
    """The file, when it may be kept. Raises BadInput, whose text says what to do."""
    told = texts().anlage
    if not content:
        raise BadInput(told.leer)
    if len(content) > MOST_BYTES:
        raise BadInput(told.zu_gross)
    typ = _media_type(content)
    if typ is None:
        raise BadInput(told.falsche_art)
    if typ == "application/pdf":
        plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)  # "/Java#53cript" is the same name
        if _LOCKED.search(plain):
            raise BadInput(told.verschluesselt)
        if _ACTIVE.search(plain):
            raise BadInput(told.aktiver_inhalt)
    return Anlage(clean_name(name, typ), typ, content)


def _media_type(content: bytes) -> str | None:
    if content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return "application/pdf"
    return next((typ for beginning, typ in _BEGINNINGS if content.startswith(beginning)), None)


def clean_name(name: str, typ: str) -> str:
    """The name without folders, without what cannot be seen or means something to a shell or a disk, with the ending of its type."""
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    seen = "".join(" " if unicodedata.category(one)[0] in "CZ" else one for one in last)
    stem = PurePosixPath(re.sub(r'[<>:"|?*$`\';&%!{}]', "_", seen).strip(" .")).stem
    stem = re.sub(r"\s+", " ", stem)[:MOST_CHARACTERS].strip(" .-")
    return (stem or texts().anlage.ohne_name) + _ENDINGS[typ]
