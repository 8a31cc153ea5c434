"""How answers to each kind of question are read, and what is said of those that are none."""

from datetime import timedelta
from typing import Any

import pytest

from actions.antrag.form import Field
from actions.antrag.numbers import code_in, looks_like_number, number_in, pin_in
from actions.antrag.question import why
from actions.antrag.reading import Refused, read
from actions.antrag.shown import shown
from core.clock import today
from core.ids import new_case_number, new_resume_code

TEXT: dict[str, Any] = {"title": "Name", "type": "string", "minLength": 2, "maxLength": 100}
DOG = {"title": "Herkunft", "type": "string", "oneOf": [
    {"const": "tierheim", "title": "Tierheim Kaiserslautern"}, {"const": "privat", "title": "Von privat oder aus einer Zucht"},
    {"const": "zuzug", "title": "Mit mir hergezogen"}, {"const": "sonst", "title": "Etwas anderes"},
]}  # fmt: skip
HOURS = {"title": "Uhrzeit", "type": "string", "enum": ["ganztags", "7 bis 13 Uhr", "13 bis 20 Uhr"]}
PLZ = {"title": "PLZ", "type": "string", "pattern": "^[0-9]{5}$"}
PLATE = {"title": "Kennzeichen", "type": "string", "pattern": "^[A-Z]{1,3}[- ][A-Z]{1,2} ?[1-9][0-9]{0,3}$"}
COUNT = {"title": "Anzahl", "type": "integer", "minimum": 1, "maximum": 2000}
VOLUME = {"title": "Menge", "type": "number", "minimum": 0.5}
YES = {"title": "Ja", "type": "boolean"}
MAIL = {"title": "E-Mail", "type": "string", "format": "email", "maxLength": 30}
BIRTH = {"title": "Geburtsdatum", "type": "string", "format": "date", "x-spaeteste": 0}
SOON = {"title": "Tag", "type": "string", "format": "date", "x-frueheste": 14, "x-spaeteste": 365}
FILE = {"title": "Foto", "type": "string", "format": "anlage"}

READ = [
    (TEXT, "Erika", "Erika"), (TEXT, "ich heiße Erika", "Erika"), (TEXT, "Mein Nachname ist Muster.", "Muster"),
    (DOG, "tierheim", "tierheim"), (DOG, "Tierheim Kaiserslautern", "tierheim"), (DOG, "das zweite", "privat"), (DOG, "3", "zuzug"),
    (DOG, "die letzte", "sonst"), (DOG, "von einer Zucht", "privat"), (DOG, "er ist mit mir hergezogen", "zuzug"),
    (HOURS, "ganztags bitte", "ganztags"), (HOURS, "13 bis 20 Uhr", "13 bis 20 Uhr"),
    (PLZ, "67655", "67655"), (PLZ, "67655 Kaiserslautern", "67655"), (PLZ, "meine PLZ ist 67655", "67655"),
    (PLATE, "kl-ab 123", "KL-AB 123"), (PLATE, "das ist KL-X 5", "KL-X 5"),
    (COUNT, "drei", 3), (COUNT, "3 Stück", 3), (COUNT, "1.200", 1200), (COUNT, "nur einen", 1), (COUNT, "etwa 20 Meter", 20),
    (VOLUME, "2,5", 2.5), (VOLUME, "anderthalb m³", 1.5), (VOLUME, "3", 3),
    (YES, "jo", True), (YES, "nö", False), (YES, "ja, aber nur vormittags", True), (YES, "natürlich nicht", False), (YES, "klar", True),
    (MAIL, "erika@example.org", "erika@example.org"), (MAIL, "meine ist erika@example.org.", "erika@example.org"),
    (BIRTH, "12.3.1985", "1985-03-12"), (BIRTH, "geboren am 1. Mai 85", "1985-05-01"), (BIRTH, "heute", today().isoformat()),
    (SOON, "in drei Wochen", (today() + timedelta(21)).isoformat()),
]  # fmt: skip
REFUSED = [
    (TEXT, "E", "minLength"), (TEXT, "x" * 101, "maxLength"), (TEXT, "", "minLength"), (TEXT, "   ", "minLength"),
    (DOG, "blau", "choice"), (DOG, "das neunte", "choice"), (PLZ, "6765", "pattern"), (PLATE, "KLAB", "pattern"),
    (COUNT, "viele", "number"), (COUNT, "2-3", "number"), (COUNT, "0", "minimum"), (COUNT, "5000", "maximum"), (COUNT, "2,5", "integer"),
    (COUNT, "keine Ahnung", "number"), (COUNT, "9" * 400, "number"), (YES, "weiß ich nicht", "yes_no"), (YES, "grün", "yes_no"),
    (MAIL, "erika at example", "email"), (MAIL, "a@b.de oder c@d.de", "email"), (MAIL, f"{'x' * 40}@example.org", "maxLength"),
    (BIRTH, "im Frühling", "date"), (BIRTH, "31.2.1985", "date"), (BIRTH, "morgen", "x-spaeteste"), (SOON, "morgen", "x-frueheste"),
    (SOON, "in 500 Tagen", "x-spaeteste"), (FILE, "hier", "file"),
]  # fmt: skip


def field(schema: dict[str, Any]) -> Field:
    return Field("x", schema, True)


@pytest.mark.parametrize(("schema", "text", "value"), READ, ids=[text for _, text, _ in READ])
def test_an_answer_is_read_as_it_is_meant(schema: dict[str, Any], text: str, value: Any) -> None:
    assert read(field(schema), text) == value
    assert shown(field(schema), value)


@pytest.mark.parametrize(("schema", "text", "reason"), REFUSED, ids=[f"{text[:20]}-{reason}" for _, text, reason in REFUSED])
def test_an_answer_that_is_none_is_refused_with_its_reason(schema: dict[str, Any], text: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read(field(schema), text)
    assert refused.value.reason == reason
    told = why(field(schema), reason)
    assert told.endswith(".") and "None" not in told


def test_a_limit_is_told_as_people_write_it() -> None:
    assert why(field(COUNT), "maximum") == "Die Zahl ist zu groß. Sie darf höchstens 2.000 sein."
    assert f"{today() + timedelta(14):%d.%m.%Y}" in why(field(SOON), "x-frueheste")


def test_numbers_pins_and_codes_are_found_in_a_sentence() -> None:
    number, code = new_case_number(), new_resume_code()
    assert number_in(f"Es geht um {number.lower()}.") == number
    assert number_in(f"Es geht um {number.replace('-', ' ')}, danke") == number
    assert pin_in(f"{number} und die PIN ist 1234 5678") == "12345678"
    assert pin_in(number) is None
    assert code_in(f"Mein Code: {code.lower()}!") == code
    assert code_in("mein name ist okay") is None
    assert code_in(number) is None
    assert not looks_like_number("Kl dort oben a")
