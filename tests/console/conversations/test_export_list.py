"""The filtered list as a file: complete, harmless in a spreadsheet, in the trail."""

import csv
import io
import json
from datetime import timedelta

import pytest
from openpyxl import load_workbook

import console.conversations.export as export
from console.access.trail import Asked
from console.conversations.export import COLUMNS
from tests.console.conversations.said import MONDAY, turn, write
from tests.console.house import House

pytestmark = pytest.mark.console
FORMULA = '=HYPERLINK("http://boese.example";"hier")'


def some(house: House) -> None:
    write(house, turn("a", text=FORMULA), turn("a", "2", text="Straße; \"zwei\"\nZeilen", antworten=["+49 …", "zweitens"]),
          *(turn(f"g{number:03}", when=MONDAY + timedelta(minutes=number)) for number in range(60)),
          turn("test", pruefung=True))  # fmt: skip


def test_all_three_kinds_hold_the_same_messages_and_no_formula(house: House) -> None:
    some(house)
    paula = house.signed_in("paula", "pruefer")
    lines = paula.get("/gespraeche/export/jsonl").text.splitlines()
    records = [json.loads(line) for line in lines]
    assert len(records) == 62
    assert [record["text"] for record in records if record["gespraech"] == "a"] == [FORMULA, 'Straße; "zwei"\nZeilen']  # no table
    answer = paula.get("/gespraeche/export/csv")
    assert answer.headers["content-disposition"].endswith('.csv"')
    header, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert tuple(header) == COLUMNS
    book = load_workbook(io.BytesIO(paula.get("/gespraeche/export/xlsx").content))
    cells = list(book.active.iter_rows(values_only=True))
    assert len(rows) == len(cells) - 1 == 62
    place = COLUMNS.index("text")
    for table in (rows, cells):
        assert f"'{FORMULA}" in [row[place] for row in table]
    assert "'+49 …\n\nzweitens" in [row[COLUMNS.index("antworten")] for row in rows]


def test_an_export_holds_what_the_filter_shows_and_stands_in_the_trail(house: House) -> None:
    some(house)
    paula = house.signed_in("paula", "pruefer")
    assert len(paula.get("/gespraeche/export/jsonl?q=Zeilen").text.splitlines()) == 2  # whole conversations
    (row,) = house.console.trail.rows(Asked(was="gespraeche_exportiert"))
    assert (row.wer, row.bezug, row.angaben) == ("paula", "jsonl", {"filter": ["q"]})  # not what was searched for
    assert house.signed_in("anna").get("/gespraeche/export/csv").status_code == 403  # mass export is no reading
    assert paula.get("/gespraeche/export/exe").status_code == 400


def test_an_export_ends_at_its_limit(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    some(house)
    monkeypatch.setattr(export, "MOST_ROWS", 55)  # and not 50,000: that takes half a minute
    assert len(house.signed_in("paula", "pruefer").get("/gespraeche/export/jsonl").text.splitlines()) == 55
