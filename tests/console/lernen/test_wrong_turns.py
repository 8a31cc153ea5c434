"""Which turns get into the inbox, why, and in which order."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from console.conversations.tables import gespraech, zug
from console.inbox.score import rank
from console.inbox.tables import eintrag, gruppe
from console.inbox.wrong import wrong_turns
from core.clock import now
from tests.console.house import House, both
from tests.console.lernen.turns import Themes, collected, said

pytestmark = pytest.mark.console
FINE = {"fallback": False}


def reasons(house: House) -> dict[str, list[str]]:
    with house.console.engine.connect() as connection:
        return {one.text: one.gruende for one in wrong_turns(connection, None, house.clock())}


@both
def test_each_kind_of_failure_is_found_with_its_reason_and_what_went_well_is_not(house: House) -> None:
    said(house, "a", "nicht verstanden")
    said(house, "b", "unsicher", sicherheit=0.4, **FINE)
    said(house, "c", "Daumen", daumen=-1, **FINE)
    said(house, "d", "nichts im Katalog", ohne_auskunft=True, **FINE)
    said(house, "e", "gut", daumen=1, **FINE)
    said(house, "f", "[Antrag]")
    said(house, "g", "", knopf="/hilfe")
    said(house, "h", "Prüfung durch Personal", pruefung=True)
    said(house, "i", "zweierlei", daumen=-1)
    assert reasons(house) == {
        "nicht verstanden": ["unverstanden"], "unsicher": ["unsicher"], "Daumen": ["daumen"], "nichts im Katalog": ["ohne_auskunft"],
        "zweierlei": ["daumen", "unverstanden"],
    }  # fmt: skip


@both
def test_a_question_back_failed_when_it_was_asked_twice_or_nobody_answered(house: House) -> None:
    asked = FINE | {"rueckfrage": True}
    said(house, "zweimal", "zweimal gefragt", **asked)
    said(house, "zweimal", "noch einmal", **asked)
    said(house, "zweimal", "endlich", **FINE)
    said(house, "geholfen", "einmal gefragt", **asked)
    said(house, "geholfen", "das zweite", **FINE)
    said(house, "weg", "niemand antwortete", **asked, when=house.clock() - timedelta(hours=1))
    said(house, "noch da", "tippt vielleicht noch", **asked)
    assert reasons(house) == {"zweimal gefragt": ["rueckfrage"], "niemand antwortete": ["rueckfrage"]}
    house.later = timedelta(hours=1)
    assert "tippt vielleicht noch" in reasons(house)


@both
def test_a_thumb_that_comes_later_counts_and_nothing_comes_twice(house: House) -> None:
    key = said(house, "a", "wohin damit", sicherheit=0.4, **FINE)
    themes = Themes()
    assert collected(house, themes) == 1
    assert collected(house, themes) == 0
    with house.console.engine.begin() as connection:
        connection.execute(update(zug).where(zug.c.id == key).values(daumen=-1))
    assert collected(house, themes) == 0
    (line,), _ = house.console.desk.lines()
    assert line.gruende == ["daumen", "unsicher"]


@both
def test_a_conversation_that_is_deleted_takes_its_messages_along_and_the_figures_follow(house: House) -> None:
    for name in ("a", "b"):
        said(house, name, "Müll, wohin damit")
    said(house, "c", "Hund anmelden")
    themes = Themes()
    collected(house, themes)
    with house.console.engine.begin() as connection:
        connection.execute(delete(gespraech).where(gespraech.c.id.in_(("a", "c"))))
    collected(house, themes)
    lines, _ = house.console.desk.lines()
    assert [(one.text, one.anzahl, one.buerger) for one in lines] == [("Müll, wohin damit", 1, 1)]
    with house.console.engine.connect() as connection:
        assert len(connection.execute(select(gruppe)).all()) == len(connection.execute(select(eintrag)).all()) == 1


def test_many_come_before_few_bad_before_doubtful_and_fresh_before_old() -> None:
    today = now()
    assert rank(4, 1, today) > rank(2, 1, today)
    assert rank(1, 3, today) > rank(1, 1, today)
    assert rank(1, 1, today) > rank(1, 1, today - timedelta(days=1))
    # Worth half after two weeks.
    assert rank(2, 1, today - timedelta(days=14)) == pytest.approx(rank(1, 1, today))


@both
def test_the_list_goes_on_page_by_page_without_gap_or_repetition(house: House) -> None:
    for number in range(60):
        for citizen in range(1 + number % 3):
            said(house, f"g{number}-{citizen}", f"thema{number} wie geht das")
    collected(house, Themes())
    seen, place = [], None
    while True:
        lines, place = house.console.desk.lines(before=place)
        seen += [(one.buerger, one.id) for one in lines]
        if place is None:
            break
    assert len({key for _, key in seen}) == len(seen) == 60
    assert [citizens for citizens, _ in seen] == sorted((citizens for citizens, _ in seen), reverse=True)
