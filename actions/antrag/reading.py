"""Reads what a citizen answered to a question, as the value that its schema asks for. No input or output."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from jsonschema import Draft202012Validator

from actions.antrag.form import Field
from actions.antrag.yes_no import yes_or_no
from actions.choice import chosen, meaning_of
from core.answer import Antwort, Button, Fakt
from core.clock import today
from language.day import day_of
from language.folding import words
from language.number import number_of

_MAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,24}")
# „Ich heiße Erika“ answers „Wie heißen Sie?“ with one word.
_FRAME = re.compile(
    r"^(?:(?:ich hei(?:ß|ss)e|hei(?:ß|ss)e|mein (?:vor|nach|familien)?name (?:ist|lautet)|(?:er|sie|der hund) hei(?:ß|ss)t"
    r"|ich wohne (?:in (?:der|dem) )?|meine? (?:postleitzahl|plz|telefonnummer|nummer|kennzeichen|adresse|anschrift) (?:ist|lautet))\s+)",
    re.IGNORECASE,
)
# Longer texts describe something; no word of theirs is a frame.
LONGEST_NAME = 200
# Which keyword of the schema is told first, where several fail.
_ORDER = ("minLength", "maxLength", "minimum", "maximum", "pattern")


class Refused(Exception):
    """The answer is none. ``reason``: a keyword of JSON Schema ("minimum", "x-frueheste" …), or the kind that it is not ("date" …)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read(field: Field, text: str) -> Any:
    """The value that the answer means: a string, a number, a boolean or a day as ISO. Raises Refused."""
    return _READERS[field.kind](field, text.strip())


def looks_back(field: Field) -> bool:
    """Whether a day without its year is the last one: the schema allows none in the future."""
    return int(field.schema.get("x-spaeteste", 1)) <= 0


def day_allowed(field: Field, day: date) -> date:
    """The day. Raises Refused where it is too early or too late."""
    first, last = field.schema.get("x-frueheste"), field.schema.get("x-spaeteste")
    if first is not None and day < today() + timedelta(days=first):
        raise Refused("x-frueheste")
    if last is not None and day > today() + timedelta(days=last):
        raise Refused("x-spaeteste")
    return day


def _date(field: Field, text: str) -> str:
    day = day_of(text, today(), looks_back(field))
    if day is None:
        raise Refused("date")
    return _fitting(field, day_allowed(field, day).isoformat())


def _number(field: Field, text: str) -> int | float:
    number = number_of(text)
    if number is None:
        raise Refused("number")
    if field.schema["type"] == "integer" and number != int(number):
        raise Refused("integer")
    value: int | float = _fitting(field, int(number) if number == int(number) else number)
    return value


def _yes_no(field: Field, text: str) -> bool:
    answer = yes_or_no(text)
    if answer is None:
        raise Refused("yes_no")
    return answer


def _choice(field: Field, text: str) -> Any:
    choices = field.choices
    said = set(words(text))
    for value, label in choices:
        if said and said in (set(words(label)), set(words(str(value)))):
            return value
    # A question with its choices as buttons: the same reading as everywhere in the conversation.
    buttons = [Button(title=label[:120], payload=f'/wahl{{"nummer": {number}}}') for number, (_, label) in enumerate(choices)]
    question = Antwort(text="?", fakten=[Fakt(text=button.title, button=button) for button in buttons])
    meant = chosen(text, question, asked_back=True)
    if meant:
        return choices[int(meaning_of(meant)[1]["nummer"])][0]
    within = [value for value, label in choices if said and said <= set(words(label))]
    if len(within) != 1:
        raise Refused("choice")
    return within[0]


def _email(field: Field, text: str) -> str:
    found = _MAIL.findall(text)
    if len(found) != 1:
        raise Refused("email")
    return _fitting(field, found[0])


def _file(field: Field, text: str) -> str:
    raise Refused("file")  # comes over the upload link only


def _text(field: Field, text: str) -> str:
    if not text:
        raise Refused("minLength")
    spoken = _FRAME.sub("", text).strip(" .") if field.schema.get("maxLength", LONGEST_NAME + 1) <= LONGEST_NAME else text
    tries = [spoken or text]
    if pattern := field.schema.get("pattern"):
        inside = re.search(rf"(?<!\w)(?:{pattern.removeprefix('^').removesuffix('$')})(?!\w)", text.upper())
        # As typed, in capitals („kl-ab 123“), then the part of the message that fits („67655 Kaiserslautern“).
        tries += [text.upper(), *([inside.group()] if inside and pattern.startswith("^") else [])]
    failed = Refused("pattern")
    for number, one in enumerate(tries):
        try:
            return _fitting(field, one)
        except Refused as reason:
            failed = reason if number == 0 else failed
    raise failed


def _fitting(field: Field, value: Any) -> Any:
    """The value. Raises Refused with the keyword that it breaks."""
    failed = {str(error.validator) for error in Draft202012Validator(field.schema).iter_errors(value)}
    if failed:
        raise Refused(next((keyword for keyword in _ORDER if keyword in failed), min(failed)))
    return value


_READERS: dict[str, Callable[[Field, str], Any]] = {
    "date": _date, "number": _number, "yes_no": _yes_no, "choice": _choice, "email": _email, "file": _file, "text": _text,
}  # fmt: skip
