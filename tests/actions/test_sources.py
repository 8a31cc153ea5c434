"""Source lines, their numbers, and the request to check what is old."""

from datetime import date

import pytest

from actions.sources import AGEING, check_hint, cited, is_old
from core.answer import Fakt
from core.catalogue import Herkunft

TODAY = date(2026, 11, 24)
CITY = Herkunft(titel="Stadt: Teiche", url="https://stadt.example/teich", stand="2026-11", art="belegt")
PRESS = Herkunft(titel="Zeitung", url="https://zeitung.example/teich", stand="2024-05-01", art="belegt")
LAW = Herkunft(titel="§ 1 TeichG", stand="2026-02", art="belegt")
GENERAL = Herkunft(titel="Allgemeine Angabe nach Bundes- oder Landesrecht", art="allgemein")

AGES = [
    (None, True),
    ("2026-11-24", False),
    ("2027-01-01", False),
    ("2025-11-25", False),
    ("2025-11-23", True),
    ("2024-12-31", True),
    # Of a month or a year its last day may be meant.
    ("2025-12", False),
    ("2025-11", False),
    ("2025-10", True),
    ("2026", False),
    ("2025", False),
    ("2024", True),
]


@pytest.mark.parametrize(("stand", "old"), AGES)
def test_a_stand_is_old_after_twelve_months_or_when_it_is_unknown(stand: str | None, old: bool) -> None:
    assert is_old(stand, TODAY) is old


@pytest.mark.parametrize(("today", "old"), [(date(2026, 11, 1), False), (date(2026, 11, 30), False), (date(2026, 12, 1), True)])
def test_a_month_is_not_old_before_its_anniversary_is_over(today: date, old: bool) -> None:
    assert is_old("2025-11", today) is old


def fact(text: str, *sources: Herkunft) -> Fakt:
    return Fakt(text=text, quellen=list(sources))


def test_nothing_is_asked_where_all_is_new() -> None:
    assert check_hint("frage_kosten", [fact("46 €", CITY), fact("6 €", LAW, PRESS)], TODAY) is None


@pytest.mark.parametrize("facts", [[fact("46 €", PRESS)], [fact("46 €", PRESS), fact("6 €", GENERAL)]])
def test_where_all_is_old_the_request_names_the_115(facts: list[Fakt]) -> None:
    told = check_hint("frage_kosten", facts, TODAY) or ""
    assert "Bitte prüfen Sie" in told
    assert "115" in told


def test_where_some_are_old_they_are_named_and_the_others_are_not() -> None:
    told = check_hint("frage_kosten", [fact("46 €", CITY), fact("6 €", PRESS), fact("7 €", GENERAL)], TODAY) or ""
    assert "„6 €“, „7 €“" in told
    assert "46 €" not in told


@pytest.mark.parametrize("aspect", ["frage_unterlagen", "frage_ablauf", "frage_rechtsgrundlage", "frage_voraussetzungen"])
def test_what_changes_seldom_comes_without_the_request(aspect: str) -> None:
    assert aspect not in AGEING
    assert check_hint(aspect, [fact("x", GENERAL)], TODAY) is None


def test_no_facts_no_request() -> None:
    assert check_hint("frage_kosten", [], TODAY) is None


def test_one_source_is_told_once_and_without_number() -> None:
    facts, lines = cited([fact("a", CITY), fact("b", CITY)])
    assert [one.beleg for one in facts] == [None, None]
    assert lines == ["Quelle: Stadt: Teiche, Stand: 11/2026"]


def test_several_sources_are_numbered_in_the_order_in_which_they_are_met() -> None:
    facts, lines = cited([fact("a", PRESS), fact("b", CITY), fact("c", PRESS), fact("d")])
    assert [one.beleg for one in facts] == [1, 2, 1, None]
    assert lines == ["Quelle: Zeitung, Stand: 01.05.2024", "Quelle: Stadt: Teiche, Stand: 11/2026"]


def test_a_law_that_was_not_read_itself_says_where_its_amount_was_read() -> None:
    _, lines = cited([fact("46 €", LAW, CITY, PRESS)])
    assert lines == ["Quelle: § 1 TeichG (nachgelesen bei: Stadt: Teiche; Zeitung), Stand: 02/2026"]


@pytest.mark.parametrize("sources", [(CITY, PRESS), (GENERAL,), (LAW,)])
def test_every_other_source_is_named_alone(sources: tuple[Herkunft, ...]) -> None:
    _, lines = cited([fact("x", *sources)])
    assert "nachgelesen" not in lines[0]
    assert sources[0].titel in lines[0]


def test_the_same_law_at_another_day_or_place_is_another_source() -> None:
    facts, _ = cited([fact("a", LAW, CITY), fact("b", LAW, PRESS), fact("c", LAW.model_copy(update={"stand": None}), CITY)])
    assert [one.beleg for one in facts] == [1, 2, 3]
