"""Masks personal data: in logs, in the event stream, in what staff read.

Structured data first (``identifiers``), then addresses, then names: what one has claimed, a later one cannot have.
"""

import logging
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from language.addresses import addresses
from language.dates import births, dates
from language.identifiers import ALWAYS, LOOSE, READABLE, SURE, Kind
from language.names import names
from language.near import near

__all__ = ["LABELS", "MaskingFilter", "Span", "mask", "mask_logs", "spans"]


class Span(NamedTuple):
    """What was masked: ``text[start:end]`` of the input is of this ``kind``."""

    start: int
    end: int
    kind: str


LABELS = {
    "url_with_token": "[Link]",
    "email": "[E-Mail]",
    "iban": "[IBAN]",
    "kreditkarte": "[Kartennummer]",
    "vorgang": "[Vorgangsnummer]",
    "code": "[Code]",
    "pin": "[PIN]",
    "sv_nr": "[Sozialversicherungsnummer]",
    "krankenversichertennr": "[Versichertennummer]",
    "ausweis_nr": "[Ausweisnummer]",
    "pass_nr": "[Passnummer]",
    "steuer_id": "[Steuer-ID]",
    "birthdate": "[Geburtsdatum]",
    "phone": "[Telefon]",
    "kfz": "[Kennzeichen]",
    "address": "[Adresse]",
    "name": "[Name]",
}

DIGITS_OF_A_DATE = 3
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


# Neither ASCII nor a Latin letter with a mark.
_RARE = re.compile(r"[^\x00-\x7fÀ-ɏ]")


def _plain_character(rare: re.Match[str]) -> str:
    character = rare.group()
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    return " " if unicodedata.category(character) == "Zs" else character


def _plain(text: str) -> str:
    """The same text, character for character, with plain digits, blanks and dashes: so that offsets stay those of the input."""
    return text if text.isascii() else _RARE.sub(_plain_character, text.translate(_DASHES))


def _lowered(plain: str) -> str:
    """In small letters, character for character."""
    lowered = plain.lower()
    return lowered if len(lowered) == len(plain) else "".join(c if len(c.lower()) > 1 else c.lower() for c in plain)


def _rows(kinds: tuple[Kind, ...], plain: str, digits: int) -> Iterator[tuple[int, int, str | None]]:
    for kind in kinds:
        for match in kind.pattern.finditer(plain) if digits >= kind.digits else ():
            if not kind.check or kind.check(match.group()):
                yield *match.span(), kind.name


def _identifiers(plain: str) -> Iterator[tuple[int, int, str | None]]:
    digits = sum(map(str.isdigit, plain))
    yield from _rows(ALWAYS, plain, digits)
    # Most messages have no number.
    if digits:
        lowered = _lowered(plain)
        yield from _rows(SURE, plain, digits)
        if digits >= DIGITS_OF_A_DATE:
            yield from ((start, end, "birthdate") for start, end in births(lowered))
        yield from near(plain, lowered)
        if digits >= DIGITS_OF_A_DATE:
            yield from ((start, end, None) for start, end in dates(lowered))
            yield from _rows(READABLE, plain, digits)
    if digits or "null" in plain:
        yield from _rows(LOOSE, plain, digits)


def _found(plain: str) -> Iterator[tuple[int, int, str | None]]:
    """Start, end and kind (None: stays readable) of all that could be masked; the earlier has the right of way."""
    yield from _identifiers(plain)
    yield from ((start, end, "address") for start, end in addresses(plain))
    yield from ((start, end, "name") for start, end in names(plain))


def spans(text: str) -> list[Span]:
    """What would be masked, in order of the text; spans do not overlap."""
    plain = _plain(text)
    claimed = bytearray(len(plain))
    found = []
    for start, end, kind in _found(plain):
        if any(claimed[start:end]):
            continue
        claimed[start:end] = b"\x01" * (end - start)
        if kind:
            found.append(Span(start, end, kind))
    return sorted(found)


def mask(text: str) -> tuple[str, list[Span]]:
    """``text`` with labels such as "[E-Mail]" for personal data, and what was masked (offsets in ``text``)."""
    found = spans(text)
    masked, rest = [], 0
    for span in found:
        masked += [text[rest : span.start], LABELS[span.kind]]
        rest = span.end
    return "".join((*masked, text[rest:])), found


class MaskingFilter(logging.Filter):
    """Masks a log record's message and traceback in place. Belongs on the handler, so that every logger passes it."""

    _formatter = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask(record.getMessage())[0], None
        if record.exc_info and not record.exc_text:
            record.exc_text = self._formatter.formatException(record.exc_info)
        if record.exc_text:
            # Formatters use the text that is there and do not make their own from exc_info.
            record.exc_text = mask(record.exc_text)[0]
        return True


def mask_logs() -> None:
    """Masks every log record of this process where it is made, whatever handler writes it. Called once at a process's start."""
    made, masking = logging.getLogRecordFactory(), MaskingFilter()

    def masked(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = made(*args, **kwargs)
        masking.filter(record)
        return record

    logging.setLogRecordFactory(masked)
