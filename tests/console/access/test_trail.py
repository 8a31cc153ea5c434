"""The trail only grows, two writers make one chain, and whoever changes it is found out."""

import csv
import io
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from console.access.audit import note
from console.access.tables import protokoll
from core.clock import now
from tests.console.house import House, both

pytestmark = pytest.mark.console


def written(house: House, count: int = 6) -> None:
    with house.console.engine.begin() as connection:
        for number in range(count):
            note(connection, now(), f"person{number % 2}", "probe", f"Ding {number}", zahl=number, text="äöü ✓", liste=[1, 2.5, None])


def forge(house: House, statement: str) -> None:
    """As somebody does who owns the database: without the triggers that refuse."""
    with house.console.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            for deed in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS konsole_protokoll_{deed}"))
        else:
            connection.execute(text("ALTER TABLE konsole_protokoll DISABLE TRIGGER ALL"))
        connection.execute(text(statement))


@both
def test_two_writers_make_one_chain(house: House) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: house.console.note(f"p{number % 4}", "probe", str(number)), range(40)))
    found = house.console.trail.verified()
    assert (found.intact, found.rows) == (True, 40)


@both
@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE konsole_protokoll SET bezug = 'Ding 9' WHERE id = 3", 3),
        ("UPDATE konsole_protokoll SET wer = 'andere' WHERE id = 1", 1),
        ("UPDATE konsole_protokoll SET angaben = '{}' WHERE id = 6", 6),
        ("DELETE FROM konsole_protokoll WHERE id = 4", 5),
        ("DELETE FROM konsole_protokoll WHERE id > 4", 0),
        ("DELETE FROM konsole_protokoll", 0),
        ("DELETE FROM konsole_kettenende", 0),
    ],
    ids=["changed", "first changed", "last changed", "taken out", "end cut off", "emptied", "end forgotten"],
)
def test_a_broken_link_is_found(house: House, statement: str, broken: int) -> None:
    written(house)
    assert house.console.trail.verified().intact
    forge(house, statement)
    assert house.console.trail.verified().broken == broken


@both
def test_a_row_that_was_put_in_is_found(house: House) -> None:
    written(house)
    with house.console.engine.begin() as connection:
        connection.execute(insert(protokoll).values(wann=now(), wer="x", was="x", bezug="", angaben={}, kette="0" * 64))
    written(house, 1)
    assert house.console.trail.verified().broken == 7


@both
def test_the_database_itself_refuses_to_change_or_delete_a_row(house: House) -> None:
    written(house)
    for statement in ("UPDATE konsole_protokoll SET wer = 'x'", "DELETE FROM konsole_protokoll"):
        with pytest.raises(DBAPIError, match="only grows"), house.console.engine.begin() as connection:
            connection.execute(text(statement))


def test_a_deed_that_fails_leaves_no_row_and_no_gap(house: House) -> None:
    written(house)
    with pytest.raises(RuntimeError), house.console.engine.begin() as connection:
        note(connection, now(), "x", "probe")
        raise RuntimeError
    written(house, 1)
    assert (house.console.trail.verified().intact, house.console.trail.verified().rows) == (True, 7)


@both
def test_the_page_filters_and_goes_back_page_by_page(house: House) -> None:
    admin = house.signed_in("chefin", "admin")
    written(house, 120)
    seen: list[str] = []
    page = admin.get("/verwaltung/protokoll?was=probe&wer=person1").text
    assert "Kette geprüft: in Ordnung" in page
    while True:
        seen += re.findall(r"<td>(Ding \d+)</td>", page)
        more = re.findall(r'href="/konsole(/verwaltung/protokoll\?[^"]*vor=\d+)"', page)
        if not more:
            break
        page = admin.get(more[0].replace("&amp;", "&")).text
    assert seen == [f"Ding {number}" for number in range(119, 0, -2)]
    assert "Ding 42<" in admin.get("/verwaltung/protokoll?bezug=Ding+42").text
    assert "keine Zeilen" in admin.get("/verwaltung/protokoll?bezug=%25").text  # a sign of LIKE is a sign like others
    today = now().date()
    assert "Ding 119" in admin.get(f"/verwaltung/protokoll?von={today}&bis={today}").text
    assert "keine Zeilen" in admin.get(f"/verwaltung/protokoll?von={today + timedelta(days=1)}").text
    for wrong in ("von=gestern", "vor=0", "vor=x", "vor=99999999999999999999", "wer=%00"):
        assert admin.get(f"/verwaltung/protokoll?{wrong}").status_code == 400, wrong


def test_a_broken_chain_is_told_on_the_page(house: House) -> None:
    admin = house.signed_in("chefin", "admin")
    written(house)
    forge(house, "UPDATE konsole_protokoll SET bezug = 'Ding 9' WHERE bezug = 'Ding 2'")
    page = admin.get("/verwaltung/protokoll").text
    assert "Kette geprüft: gebrochen" in page
    assert "ist Nummer 5" in page


def test_the_trail_is_given_out_as_a_table_without_formulas(house: House) -> None:
    admin = house.signed_in("chefin", "admin")
    house.console.note("chefin", "probe", "=HYPERLINK(1)", text="äöü")
    answer = admin.get("/verwaltung/protokoll/export.csv?was=probe")
    assert answer.headers["content-disposition"] == 'attachment; filename="protokoll.csv"'
    rows: list[list[Any]] = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0][:5] == ["id", "wann", "wer", "was", "bezug"]
    assert (rows[1][2], rows[1][4], rows[1][5]) == ("chefin", "'=HYPERLINK(1)", '{"text": "äöü"}')
    assert "protokoll ausgegeben" in admin.get("/verwaltung/protokoll").text
