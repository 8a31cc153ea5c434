"""The PDF of an application: every character is in it or named, and each page says that it is a demonstration."""

import re
import zlib
from datetime import timedelta

import pytest
from desk import Desk

from core.clock import now
from katalog.applications.document import pdf
from katalog.applications.inbox_schemas import Angabe, Ausfuhr, Schritt


def application(text: str, **more: object) -> Ausfuhr:
    when = now() - timedelta(days=1)
    values = {
        "vorgangsnummer": "KL-4RP6-FJ43-H", "titel": "Hund anmelden", "leistung": "hund", "referat": "Referat Finanzen",
        "status": "eingegangen", "eingegangen_am": when, "seit": when, "antwort": None,
        "angaben": [Angabe(feld="name", titel="Name", text=text)], "dateien": [], "unterlagen": ["Personalausweis"],
        "verlauf": [Schritt(status="eingegangen", wann=when)], "demonstration": True, "formular": {}, "werte": {},
    }  # fmt: skip
    return Ausfuhr.model_validate(values | more)


def pages(document: bytes) -> list[str]:
    """The text of each page, by the tables that the PDF itself has for copying text."""
    streams = []
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", document, re.DOTALL):
        try:
            streams.append(zlib.decompress(found[1]).decode("latin-1"))
        except zlib.error:
            streams.append(found[1].decode("latin-1"))  # the tables are not compressed
    fonts = [
        {int(code, 16): bytes.fromhex(to).decode("utf-16-be") for code, to in re.findall(r"<(\w{4})> <(\w+)>\n", one)}
        for one in streams
        if "beginbfchar" in one
    ]
    return [_text(one, fonts) for one in streams if "BT /F" in one]


def _text(content: str, fonts: list[dict[int, str]]) -> str:
    told, font = [], 0
    for chosen, shown in re.findall(r"/F(\d) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) Tj", content, re.DOTALL):
        if chosen:
            font = int(chosen) - 1
            continue
        raw = re.sub(r"\\(.)", lambda escaped: {"r": "\r", "n": "\n"}.get(escaped[1], escaped[1]), shown, flags=re.DOTALL)
        codes = raw.encode("latin-1")
        told.append("".join(fonts[font].get(int.from_bytes(codes[at : at + 2], "big"), "?") for at in range(0, len(codes), 2)))
    return " ".join(told)


@pytest.mark.parametrize("text", ["Müller-Lüdenscheidt, 1. OG", "Łukasz Żółć", "Шевченко", "Αθήνα", "Nguyễn", "İpek Şahin", "5 € – „so“"])
def test_names_of_many_scripts_survive(text: str) -> None:
    assert text in pages(pdf(application(text)))[0]


def test_a_character_that_the_font_lacks_is_named_and_does_not_vanish() -> None:
    assert "[U+738B] Wang" in pages(pdf(application("王\u00a0Wang\x00")))[0]


def test_each_page_says_that_it_is_a_demonstration() -> None:
    long = application("\n".join(f"Zeile {number}" for number in range(200)))
    told = pages(pdf(long))
    assert len(told) > 3
    assert all("Demonstration: kein Antrag bei einer Behörde" in one for one in told)
    assert all("KL-4RP6-FJ43-H" in one and f"/ {len(told)}" in one for one in told)
    assert "Zeile 199" in told[-1]
    assert "Demonstration" not in "".join(pages(pdf(application("x", demonstration=False))))


def test_a_word_longer_than_the_page_is_wrapped() -> None:
    assert pdf(application("x" * 4000)).startswith(b"%PDF-")
    assert pdf(application("")).startswith(b"%PDF-")


def test_an_application_with_all_parts(desk: Desk) -> None:
    number = desk.submitted(tierheim=True).vorgangsnummer
    desk.inbox.decide(number, "abgelehnt", "Leider nein.\nGründe liegen bei.", "m")
    told = " ".join(pages(pdf(desk.inbox.export(number, "m"))))
    for part in ("Hund anmelden", number, "Referat Finanzen", "Tierheim", "Bescheinigung des Tierheims", "Gründe liegen bei.", "abgelehnt"):
        assert part in told, part
