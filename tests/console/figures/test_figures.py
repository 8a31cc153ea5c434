"""The figures of the week against a count by hand, and what each of them opens."""

import csv
import html
import io
import re
from datetime import date, timedelta

import pytest

from console.conversations.filter import Filter
from console.conversations.listing import Listing
from console.figures.figures import figures
from console.figures.week import Week
from core.clock import ZONE
from tests.console.conversations.said import MONDAY, closing, thumb, turn, write
from tests.console.house import House, both

pytestmark = pytest.mark.console
WEEK = Week(date(2026, 11, 16))


def by_hand(house: House) -> None:
    """Five conversations of the week with nine messages, one test of staff, one conversation each just before and just after it.

    Answer times: 10, 20, 30, 40, 50, 60, 70, 80 ms, and one message without an answer.
    """
    sunday = MONDAY + timedelta(days=6)
    write(
        house,
        turn("a", "1", ms=10), turn("a", "2", ms=20, intent={"name": "frage_dauer", "confidence": 0.9}), turn("a", "3", ms=30),
        turn("b", "1", ms=40, leistung="hundesteuer", fallback=True), turn("b", "2", ms=50, leistung=None, fallback=True),
        turn("c", "1", MONDAY + timedelta(days=2), ms=60, sprache="tr"), turn("c", "2", MONDAY + timedelta(days=2), ms=70, sprache="tr"),
        turn("d", "1", sunday.replace(hour=23, minute=59), ms=80, leistung=None, intent={"name": "lob", "confidence": 0.9}),
        turn("e", "1", sunday, antworten=None, intent=None, ms=None, leistung=None, sprache=None),
        turn("test", "1", pruefung=True, ms=5000, fallback=True), thumb("test", "1", -1), closing("test", False),
        turn("davor", "1", MONDAY - timedelta(hours=9, minutes=1), ms=900), turn("danach", "1", sunday + timedelta(hours=15), ms=900),
        closing("davor", True),
        thumb("a", "1", 1), thumb("a", "2", 1), thumb("a", "3", -1, "falsch"), thumb("c", "1", -1), thumb("c", "1", 1),
        closing("a", True), closing("b", False), closing("c", False), closing("c", True),
    )  # fmt: skip


@both
def test_each_figure_is_what_one_counts_by_hand(house: House) -> None:
    by_hand(house)
    found = figures(house.console.engine, WEEK)
    assert (found.gespraeche, found.nachrichten) == (5, 9)
    assert (found.geloest, found.ungeloest, found.beantwortet, found.geloest_anteil) == (2, 1, 3, 2 / 3)
    assert (found.fallback, found.fallback_nachrichten, found.fallback_anteil) == (1, 2, 2 / 9)
    assert (found.hoch, found.hoch_nachrichten, found.runter, found.runter_nachrichten) == (2, 3, 1, 1)
    assert found.median_ms == 45  # the mean of 40 and 50
    assert found.absichten == [("frage_kosten", 3), ("frage_dauer", 1), ("lob", 1)]
    assert found.leistungen == [("reisepass", 2), ("hundesteuer", 1)]
    assert found.sprachen == [("de", 3), ("tr", 1)]
    assert found.kanaele == [("web", 5)]
    assert [count for _, count in found.tage] == [2, 0, 1, 0, 0, 0, 2]
    before = figures(house.console.engine, WEEK.moved(-1))
    assert (before.gespraeche, before.median_ms, before.geloest_anteil, before.fallback_anteil) == (1, 900, 1.0, 0.0)
    empty = figures(house.console.engine, WEEK.moved(-9))
    assert (empty.gespraeche, empty.median_ms, empty.geloest_anteil, empty.fallback_anteil, empty.absichten) == (0, None, None, None, [])


def test_every_number_of_the_page_opens_as_many_conversations(house: House) -> None:
    by_hand(house)
    page = house.signed_in("anna").get("/?tag=2026-11-18").text
    assert "Woche vom 16.11. bis 22.11.2026" in page
    assert "67 %" in page
    assert "n = 3" in page
    listing = Listing(house.console.engine)
    told = [(html.unescape(query), int(count)) for query, count in re.findall(
        r'<th scope="row"><a href="/konsole/gespraeche\?([^"]*)">[^<]*</a></th>\s*<td class="num">(\d+)</td>', page)]  # fmt: skip
    assert len(told) == 3 + 2 + 7 + 2 + 1
    told.append((html.unescape(str(re.findall(r'class="value"><a href="/konsole/gespraeche\?([^"]*)">5<', page)[0])), 5))
    for query, count in told:
        assert listing.count(Filter.read(dict(part.split("=") for part in query.split("&")))) == count, query
    for more, count in (("geloest=ja", 2), ("geloest=nein", 1), ("auffaellig=fallback", 1), ("daumen=hoch", 2), ("daumen=runter", 1)):
        (query,) = set(re.findall(rf'gespraeche\?([^"]*{more})"', page))
        assert listing.count(Filter.read(dict(part.split("=") for part in html.unescape(query).split("&")))) == count, more


def test_the_same_figures_as_csv(house: House) -> None:
    by_hand(house)
    answer = house.signed_in("anna").get("/woche.csv?tag=2026-11-18")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0] == ["zahl", "name", "woche_2026-11-16", "woche_2026-11-09"]
    assert ["gespraeche", "", "5", "1"] in rows
    assert ["median_ms", "", "45", "900"] in rows
    assert ["absichten", "frage_kosten", "3", "1"] in rows
    assert ["tage", "2026-11-16", "2", "0"] in rows


def test_without_a_day_the_running_week_is_shown(house: House) -> None:
    anna = house.signed_in("anna")
    today = house.clock().astimezone(ZONE).date()
    assert f'value="{Week.of(today).monday}"' in anna.get("/").text
    assert f'value="{Week.of(today).monday}"' in anna.get("/?tag=2999-01-01").text  # nothing lies ahead
    assert anna.get("/?tag=0001-01-01").status_code == 200
    assert anna.get("/?tag=morgen").status_code == 400


@pytest.mark.parametrize(("monday", "hours"), [(date(2026, 3, 23), 167), (date(2026, 10, 19), 169), (date(2026, 11, 16), 168)])
def test_a_week_in_which_the_clock_changes_has_its_own_length(monday: date, hours: int) -> None:
    week = Week.of(monday + timedelta(days=4))
    assert week.monday == monday
    assert (week.end.timestamp() - week.begin.timestamp()) / 3600 == hours
