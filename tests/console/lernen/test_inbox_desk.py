"""Two people never work on the same group, and a decision is all of it or nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from console.access.tables import protokoll
from console.inbox.desk import Line
from console.person import Person
from core.errors import Conflict
from tests.console.house import House, Staff, both
from tests.console.lernen.turns import Themes, collected, said

pytestmark = pytest.mark.console
ANNA, BEN = Person("anna", "pruefer"), Person("ben", "pruefer")


def filled(house: House, groups: int = 1, each: int = 1) -> list[Line]:
    for number in range(groups):
        for citizen in range(each):
            said(house, f"g{number}-{citizen}", f"thema{number} wie geht das, Nummer {citizen}")
    collected(house, Themes())
    return house.console.desk.lines()[0]


def form(house: House, group: int, **fields: str) -> dict[str, str]:
    """The form as the page fills it in: the first message tests, the others are settled along."""
    _, messages, _ = house.console.desk.group(group)
    told = {"art": "lernen", "absicht": "frage_kosten", "leistung": "personalausweis"}
    for number, one in enumerate(messages):
        told |= {f"text_{one.id}": one.text, f"teil_{one.id}": "dabei" if number else "pruefen"}
    return told | fields


def taken(house: House, group: int, name: str = "anna") -> Staff:
    """Somebody who has claimed the group over the page."""
    staff = house.signed_in(name, "pruefer")
    assert staff.post(f"/posteingang/{group}/uebernehmen").status_code == 303
    return staff


@both
def test_of_many_that_claim_one_group_at_once_one_gets_it(house: House) -> None:
    (line,) = filled(house)
    people = [Person(f"p{number}", "pruefer") for number in range(6)]
    at_once = Barrier(len(people))

    def claim(who: Person) -> bool:
        at_once.wait()
        try:
            house.console.desk.claim(line.id, who)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(len(people)) as pool:
        assert sum(pool.map(claim, people)) == 1


@both
def test_those_that_ask_for_the_next_at_once_get_different_groups(house: House) -> None:
    filled(house, groups=6)
    people = [Person(f"p{number}", "pruefer") for number in range(6)]
    at_once = Barrier(len(people))

    def next_one(who: Person) -> int | None:
        at_once.wait()
        return house.console.desk.claim_next(who)

    with ThreadPoolExecutor(len(people)) as pool:
        got = list(pool.map(next_one, people))
    assert None not in got
    assert len(set(got)) == 6


def test_a_claim_ends_after_ten_minutes_and_then_counts_no_more(house: House) -> None:
    (line,) = filled(house)
    house.console.desk.claim(line.id, ANNA)
    assert house.console.desk.claim_next(BEN) is None
    house.later = timedelta(minutes=10, seconds=1)
    assert house.console.desk.claim_next(BEN) == line.id
    with house.console.engine.begin() as connection, pytest.raises(Conflict, match="zehn Minuten"):
        house.console.desk.settle(connection, line.id, ANNA, "nicht_lernen", {})
    house.console.desk.release(line.id, ANNA)  # it is not hers to give back
    with pytest.raises(Conflict):
        house.console.desk.claim(line.id, ANNA)
    house.console.desk.release(line.id, BEN)
    house.console.desk.claim(line.id, ANNA)


@both
def test_one_decision_settles_all_and_makes_a_case(house: House) -> None:
    (line,) = filled(house, each=3)
    staff = taken(house, line.id)
    answer = staff.post(f"/posteingang/{line.id}", **form(house, line.id, eigene="Was verlangen Sie fürs Erneuern?\n\nund der Preis dafür"))
    assert answer.headers["location"].endswith("getan=entschieden")
    assert house.console.desk.waiting() == (0, 0)
    (case,) = house.console.cases.kept()
    assert (case.text, case.absicht, case.leistung) == ("thema0 wie geht das, Nummer 2", "frage_kosten", "personalausweis")
    assert case.ueben == ["Was verlangen Sie fürs Erneuern?", "und der Preis dafür"]
    with house.console.engine.connect() as connection:
        deeds = connection.execute(select(protokoll.c.was).order_by(protokoll.c.id)).scalars().all()
    assert deeds[-2:] == ["fall_angelegt", "posteingang_entschieden"]


def test_messages_taken_out_are_decided_by_themselves_and_stay_apart(house: House) -> None:
    (line,) = filled(house, each=4)
    _, messages, _ = house.console.desk.group(line.id)
    out = {f"teil_{messages[1].id}": "raus", f"teil_{messages[3].id}": "raus"}
    taken(house, line.id).post(f"/posteingang/{line.id}", **form(house, line.id, **out))
    assert house.console.desk.group(line.id)[0].anzahl == 2
    assert sorted(one.text[-1] for one in house.console.desk.lines()[0]) == ["0", "2"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"absicht": ""}, "was die Person wissen möchte"),
        ({"art": "unsinn"}, "was mit den Nachrichten geschehen soll"),
        ({"absicht": "dank"}, "gehört keine Leistung"),
        ({"eigene": "thema0 wie geht das, nummer 1!"}, "gleicht dem Prüfsatz"),
        ({"eigene": "[Perso](leistung) bitte"}, "Diesen Satz kann niemand lernen"),
        ({"eigene": "a" * 3001}, "länger als 3000"),
        ({"art": "fehlt"}, "welche Angabe im Katalog fehlt"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_typed_is_lost(house: House, fields: dict[str, str], told: str) -> None:
    (line,) = filled(house, each=2)
    answer = taken(house, line.id).post(f"/posteingang/{line.id}", **form(house, line.id, **({"eigene": "mein eigener Satz"} | fields)))
    assert answer.status_code == 400
    assert told in answer.text
    assert fields.get("eigene", "mein eigener Satz")[:40].replace("'", "&#39;") in answer.text
    assert house.console.desk.waiting() == (1, 2)
    assert house.console.cases.kept() == []


def test_without_a_test_sentence_nothing_is_learned(house: House) -> None:
    (line,) = filled(house)
    _, messages, _ = house.console.desk.group(line.id)
    answer = taken(house, line.id).post(f"/posteingang/{line.id}", **form(house, line.id, **{f"teil_{messages[0].id}": "ueben"}))
    assert "mindestens eine Nachricht als Prüfsatz" in answer.text


def test_who_does_not_hold_the_group_decides_nothing(house: House) -> None:
    (line,) = filled(house)
    taken(house, line.id)
    other = house.signed_in("ben", "pruefer")
    page = other.get(f"/posteingang/{line.id}").text
    assert "anna arbeitet gerade daran" in page
    assert 'name="art"' not in page
    assert other.post(f"/posteingang/{line.id}/uebernehmen").status_code == 409
    assert other.post(f"/posteingang/{line.id}", **form(house, line.id)).status_code == 409
    assert house.console.cases.kept() == []


def test_a_missing_fact_becomes_a_task_with_a_state(house: House) -> None:
    (line,) = filled(house)
    staff = taken(house, line.id)
    staff.post(f"/posteingang/{line.id}", **form(house, line.id, art="fehlt", notiz="Öffnungszeiten am Samstag"))
    (task,) = house.console.decisions.tasks()
    assert (task.notiz, task.leistung, task.zustand, task.von) == ("Öffnungszeiten am Samstag", "personalausweis", "offen", "anna")
    assert "Öffnungszeiten am Samstag" in staff.get("/aufgaben").text
    assert staff.post(f"/aufgaben/{task.id}", zustand="erledigt").status_code == 303
    assert house.console.decisions.tasks()[0].bearbeitet_von == "anna"
    assert staff.post(f"/aufgaben/{task.id}", zustand="weg").status_code == 400


def test_the_page_works_while_the_catalogue_is_away(house: House) -> None:
    """Nobody listens where the house's settings say the catalogue is."""
    (line,) = filled(house)
    staff = taken(house, line.id)
    answer = staff.post(f"/posteingang/{line.id}/suche", **form(house, line.id, suche="Perso", eigene="bleibt stehen"))
    assert answer.status_code == 200
    assert "Der Katalog antwortet nicht" in answer.text
    assert "bleibt stehen" in answer.text


def test_a_reader_sees_nothing_of_it(house: House) -> None:
    (line,) = filled(house)
    reader = house.signed_in("lea", "leser")
    assert {reader.get(path).status_code for path in ("/posteingang", f"/posteingang/{line.id}", "/aufgaben", "/lernen")} == {403}
