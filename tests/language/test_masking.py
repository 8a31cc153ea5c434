"""Masking: what belongs to a person is gone, what a citizen wants to know stays readable."""

import logging
import sys
import time

import pytest

from language.identifiers import ALWAYS, LOOSE, SURE
from language.masking import LABELS, MaskingFilter, mask
from language.near import SHAPES

PERSONAL = [
    ("phone", "0631 365-0"),
    ("phone", "0176/12345678"),
    ("phone", "(0631) 36 50"),
    ("phone", "+49 (0) 631 3650"),
    ("phone", "0049 176 12345678"),
    ("phone", "0176 – 123 456 78"),
    ("email", "max.muster@web.de"),
    ("email", "müller+x@stadt-müller.de"),
    ("email", "max (at) example.org"),
    ("iban", "DE89 3704 0044 0532 0130 00"),
    ("iban", "DE89370400440532013000"),
    ("iban", "FR14 2004 1010 0505 0001 3M02 606"),
    ("kreditkarte", "4111 1111 1111 1111"),
    ("kreditkarte", "5500-0000-0000-0004"),
    ("steuer_id", "86 095 742 719"),
    ("steuer_id", "86095742719"),
    ("sv_nr", "15070649C103"),
    ("sv_nr", "15 070649 C 103"),
    ("krankenversichertennr", "A123456780"),
    ("ausweis_nr", "L01X00T471"),
    ("ausweis_nr", "L01X00T47"),
    ("pass_nr", "C01X00T478"),
    ("kfz", "KL-AB 1234"),
    ("kfz", "KL AB 1234"),
    ("kfz", "kl-ab 1234"),
    ("kfz", "M-X 7E"),
    ("vorgang", "KL-7F3K-92QX-M"),
    ("code", "7F3K-92QX-M4N8-PQ2R"),
    ("url_with_token", "https://antrag.example.de/weiter?token=a8Kd92"),
    ("url_with_token", "https://example.de/r/7f3k92qxm4n8pq2r7f3k92qx"),
]


@pytest.mark.parametrize(("kind", "value"), PERSONAL)
def test_personal_data_is_masked_wherever_it_stands(kind: str, value: str) -> None:
    for before, after in (("", ""), ("Das ist ", " ."), ("Guten Tag, ", ", danke"), ("ä (", ")\nGruß")):
        text = before + value + after
        masked, spans = mask(text)
        assert masked == before + LABELS[kind] + after
        assert [(text[s.start : s.end], s.kind) for s in spans] == [(value, kind)]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("PIN 48210937", "PIN [PIN]"),
        ("Die PIN zu meinem Vorgang ist 4821-0937", "Die PIN zu meinem Vorgang ist [PIN]"),
        ("48210937 ist meine PIN", "[PIN] ist meine PIN"),
        ("Vorgangsnummer kl 7f3k 92qx m", "Vorgangsnummer [Vorgangsnummer]"),
        ("Steuernummer 19/220/1234/5", "Steuernummer [Steuer-ID]"),
        ("Versichertennummer: A123456789", "Versichertennummer: [Versichertennummer]"),
        ("Sozialversicherungsnummer 15 070649 C 104", "Sozialversicherungsnummer [Sozialversicherungsnummer]"),
        ("doğum tarihi 03.04.2019", "doğum tarihi [Geburtsdatum]"),
        ("born on April 3, 1985", "born on [Geburtsdatum]"),
        ("meine Tochter (12.05.2019) kommt in die Kita", "meine Tochter ([Geburtsdatum]) kommt in die Kita"),
        ("max ät web punkt de", "[E-Mail]"),
        ("Sie erreichen mich unter 365 1234", "Sie erreichen mich unter [Telefon]"),
        ("Passport no. AB1234567", "Passport no. [Passnummer]"),
        ("Meine PIN lautet: 4821 0937.", "Meine PIN lautet: [PIN]."),
        ("48210937", "[PIN]"),
        ("Steuer-ID: 12345678901", "Steuer-ID: [Steuer-ID]"),
        ("geboren am 3.4.1985 in Kaiserslautern", "geboren am [Geburtsdatum] in Kaiserslautern"),
        ("geb. 03.04.85", "geb. [Geburtsdatum]"),
        ("Geburtsdatum: 1985-04-03", "Geburtsdatum: [Geburtsdatum]"),
        ("Meine Tochter ist am 3. April 2024 geboren", "Meine Tochter ist am [Geburtsdatum] geboren"),
        ("Max, 12.05.1980", "[Name], [Geburtsdatum]"),
        ("Telefon 365 1234", "Telefon [Telefon]"),
        ("mein Kennzeichen ist kl ab 12", "mein Kennzeichen ist [Kennzeichen]"),
        ("+49 176 12345678 und a@b.de", "[Telefon] und [E-Mail]"),
        ("０６３１ ３６５１２３４", "[Telefon]"),
    ],
)
def test_context_tells_what_a_number_is(text: str, masked: str) -> None:
    assert mask(text)[0] == masked


@pytest.mark.parametrize(
    "text",
    [
        "Das kostet 46 €, für Kinder 22,80 EUR oder 1.234,50 Euro.",
        "§ 1 PAuswG, §§ 10, 11 BGB, § 12a Abs. 3 Satz 2 StVO",
        "bis 31.03.2026 und ab 01.01.2010, Stand: 12.05.2009",
        "Gesetz vom 18.06.2009",
        "Termin am 01.02.2026 um 10:30 Uhr",
        "Leistung 99107003017000",
        "Rufen Sie die 115 an. Telefon 115. Ruf 116117.",
        "67655 Kaiserslautern, 01067 Dresden",
        "seit 2019, 2024/25, im Jahr 2026",
        "Mo 08:00-12:00, 13:30 - 16:00, Di 08-12 und 14-16 Uhr",
        "DIN A4, DIN-A 4, A 6, U 6, WBS B 12",
        "Benzinoring 1, Zimmer 012",
        "Antrag 2024-000123",
        "https://www.kaiserslautern.de/buerger_rathaus_politik/dienstleistungen/00123/index.html.de",
        "Mein Perso läuft in 3 Wochen ab",
        "4111 1111 1111 1112",
        "12 345 678 901",
        "",
        "😀",
    ],
)
def test_what_helps_stays_readable(text: str) -> None:
    assert mask(text) == (text, [])


def test_every_kind_has_a_label() -> None:
    kinds = {kind.name for kind in (*ALWAYS, *SURE, *LOOSE) if kind.name} | {shape.kind for shape in SHAPES}
    assert kinds | {"birthdate", "name", "address"} == set(LABELS)


HOSTILE = (
    "0",
    "a@",
    "https://",
    "1 ",
    "12.12.",
    "A-",
    "a",
    "pin nummer ",
    "www.?",
    "9-",
    "a.a",
    "geb. in a ",
    "A1 ",
    "Am ",
    "str. ",
    "a-",
    "Straße 1 ",
    "ich heiße ",
    "Anna ",
    "Anna von ",
    "wohne ",
    "amt ",
    "a. ",
    "1a-",
    "geb. 1.1.",
    "Steuer-ID 1 ",
    "Kennzeichen KL ",
    "Perso C1 ",
    "Code 1a2b ",
    "max at web ",
    "a punkt ",
    "1.1.1990, ",
    "KL-",
    "null ",
    "Anna Kraft ",
    "o1",
    "pin 1\n",
    "Amt, Weg 1 ",
    "Anna und ",
    "A. Kraft ",
    "Nr. 1 der a-",
    "12345 a, Weg 1/II ",
    "ich heiße jetzt ",
)


@pytest.mark.parametrize("part", HOSTILE)
def test_hostile_text_does_not_hold_it_up(part: str) -> None:
    text = part * (20_000 // len(part))
    begun = time.process_time()
    mask(text)
    assert time.process_time() - begun < 1


def test_a_message_is_masked_at_once() -> None:
    text = "Guten Tag, ich möchte meinen Personalausweis verlängern und wohne in der Pariser Straße 12. Was brauche ich dafür? "
    for times, seconds in ((1, 0.005), (90, 0.12)):
        mask(text * times)
        begun = time.process_time()
        mask(text * times)
        assert time.process_time() - begun < seconds


def test_logs_are_masked_with_arguments_and_traceback() -> None:
    try:
        raise ValueError("max@web.de")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "von %s", ("max@web.de",), sys.exc_info())
    assert MaskingFilter().filter(record)
    told = logging.Formatter().format(record)
    assert "max@web.de" not in told
    assert "von [E-Mail]" in told
    assert "ValueError: [E-Mail]" in told
