"""The inbox as plain text, for the terminal."""

from typing import Any

from katalog.applications.inbox_schemas import Antrag, Eingang
from katalog.applications.labels import moment, size
from katalog.applications.texts import texts


def line(listed: dict[str, Any]) -> str:
    """One application in the list."""
    one = Eingang.model_validate(listed)
    words = texts().postfach
    return f"{one.vorgangsnummer}  {moment(one.eingegangen_am)}  {words.status[one.status]:<16}  {_office(one)}: {one.titel}"


def whole(one: Antrag) -> str:
    """One application."""
    words = texts().postfach
    parts = [
        ("", [one.titel, words.demonstration] if one.demonstration else [one.titel]),
        (words.vorgangsnummer, [one.vorgangsnummer]),
        (words.eingegangen_am, [moment(one.eingegangen_am)]),
        (words.referat, [_office(one)]),
        (words.angaben, [f"{told.titel}: {told.text}" for told in one.angaben]),
        (words.dateien, [f"{file.id}  {file.name} ({size(file.groesse)})" for file in one.dateien]),
        (words.unterlagen, one.unterlagen),
        (words.antwort, (one.antwort or "").splitlines()),
        (words.verlauf, [f"{moment(step.wann)}: {words.status[step.status]}" for step in one.verlauf]),
    ]
    told = []
    for title, lines in parts:
        if lines:
            told.append("\n".join([f"{title}:"] * bool(title) + [f"  {harmless(one)}" if title else harmless(one) for one in lines]))
    return "\n".join(told)


def _office(one: Eingang) -> str:
    return one.referat or texts().postfach.ohne_referat


def harmless(text: str) -> str:
    """Without what a terminal would obey: a citizen wrote it."""
    return "".join(one if one.isprintable() else " " for one in text)
