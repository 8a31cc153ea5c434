"""The inbox: what an office reads, decides and takes out, and who did so."""

import pytest
from desk import CITIZEN, Desk
from test_files import PNG

from core.errors import Conflict, NotFound
from katalog.applications.schemas import Quittung


def with_file(desk: Desk) -> Quittung:
    draft = desk.filled(tierheim=True, groesse=0.5, seit="2026-03-01", art="blind", grad=80, nachweis="Trier")
    desk.uploads.take(desk.uploads.link(draft.id, "foto").removeprefix("/anlagen/"), "Rex.png", PNG)
    return desk.submission.submit(draft.id, draft.fassung + 1, "k")


def test_an_official_reads_titles_instead_of_names(desk: Desk) -> None:
    receipt = with_file(desk)
    found = desk.inbox.show(receipt.vorgangsnummer.lower().replace("-", " "), "meier")
    assert [(one.titel, one.text) for one in found.angaben] == [
        ("Name", "Erika Mustermann"), ("Zahl der Hunde", "1"), ("Größe", "0,5"), ("Seit wann", "01.03.2026"), ("Tierheim", "Ja"),
        ("Art", "Blindenhund"), ("Grad", "80"), ("Nachweis", "Trier"), ("Foto", "Rex.png (1 kB)"),
    ]  # fmt: skip
    assert (found.titel, found.referat, found.status) == ("Hund anmelden", "Referat Finanzen", "eingegangen")
    assert "Bescheinigung des Tierheims" in found.unterlagen
    assert [(one.status, one.wann) for one in found.verlauf] == [("eingegangen", desk.clock)]
    assert desk.inbox.file(receipt.vorgangsnummer, found.dateien[0].id, "meier").inhalt == PNG


def test_the_form_is_read_as_it_was_when_the_application_was_sent(desk: Desk) -> None:
    receipt = with_file(desk)
    form = desk.forms["hund"]
    changed = form["properties"]["art"] | {"title": "Rasse", "oneOf": [{"const": "blind", "title": "anders"}]}
    desk.forms["hund"] = form | {"title": "Neuer Titel", "properties": form["properties"] | {"art": changed}}
    found = desk.inbox.export(receipt.vorgangsnummer, "meier")
    assert ("Art", "Blindenhund") in [(one.titel, one.text) for one in found.angaben]
    assert found.titel == "Hund anmelden"
    assert found.formular == form
    assert found.werte["seit"] == "2026-03-01"


def test_the_list_is_by_referat_and_status_and_oldest_first(desk: Desk) -> None:
    first = desk.submitted("eins").vorgangsnummer
    desk.later(minutes=1)
    second = desk.submitted("zwei").vorgangsnummer
    desk.inbox.decide(first, "erledigt", None, "meier")
    assert [one.vorgangsnummer for one in desk.inbox.listed("meier")] == [first, second]
    assert [one.vorgangsnummer for one in desk.inbox.listed("meier", "Referat Finanzen")] == [first, second]
    assert desk.inbox.listed("meier", "Referat") == []
    assert [one.vorgangsnummer for one in desk.inbox.listed("meier", status="eingegangen")] == [second]
    assert "Mustermann" not in repr(desk.inbox.listed("meier"))


def test_a_long_list_comes_page_by_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("katalog.applications.inbox.PAGE", 2)
    numbers = [desk.submitted(key).vorgangsnummer for key in ("eins", "zwei", "drei")]  # in the same minute
    first = [one.vorgangsnummer for one in desk.inbox.listed("meier")]
    rest = [one.vorgangsnummer for one in desk.inbox.listed("meier", nach=first[-1])]
    assert first + rest == sorted(numbers)
    assert desk.inbox.listed("meier", nach=rest[-1]) == []


def test_what_an_office_decides_the_citizen_is_told(desk: Desk) -> None:
    receipt = desk.submitted()
    number = receipt.vorgangsnummer
    desk.inbox.decide(number, "rueckfrage", "Wie heißt der Hund?", "meier")
    told = desk.cases.status(number, receipt.pin, CITIZEN)
    assert (told.status, told.antwort) == ("rueckfrage", "Wie heißt der Hund?")
    desk.inbox.decide(number, "in_bearbeitung", None, "meier")
    assert desk.cases.status(number, receipt.pin, CITIZEN).antwort is None  # the question no longer counts
    desk.cases.withdraw(number, receipt.pin, CITIZEN)
    with pytest.raises(Conflict, match="zurückgezogen"):
        desk.inbox.decide(number, "erledigt", None, "meier")
    assert [one.status for one in desk.inbox.show(number, "meier").verlauf] == [
        "eingegangen", "rueckfrage", "in_bearbeitung", "zurueckgenommen",
    ]  # fmt: skip


def test_everything_that_is_done_there_is_audited(desk: Desk) -> None:
    number = with_file(desk).vorgangsnummer
    before = len(desk.deeds())
    id = desk.inbox.export(number, "lotse").dateien[0].id
    desk.inbox.listed("meier")
    desk.inbox.show(number, "meier")
    desk.inbox.file(number, id, "meier")
    desk.inbox.decide(number, "erledigt", None, "meier")
    assert desk.deeds()[before:] == [
        ("amt:lotse", "ausgegeben"), ("amt:meier", "aufgelistet"), ("amt:meier", "eingesehen"), ("amt:meier", "ausgegeben"),
        ("amt:meier", "status"),
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["", "KL-1", "KL-0000-0000-1", "x" * 500])
def test_a_number_that_is_none_is_told(desk: Desk, number: str) -> None:
    before = desk.deeds()
    for call in (
        lambda: desk.inbox.show(number, "m"),
        lambda: desk.inbox.file(number, "x", "m"),
        lambda: desk.inbox.decide(number, "erledigt", None, "m"),
    ):
        with pytest.raises(NotFound, match="Prüfen Sie bitte die Nummer"):
            call()
    assert desk.deeds() == before


def test_a_file_of_another_application_is_not_given_out(desk: Desk) -> None:
    mine = with_file(desk).vorgangsnummer
    other = desk.submitted("andere").vorgangsnummer
    id = desk.inbox.show(mine, "m").dateien[0].id
    with pytest.raises(NotFound, match="gehört nicht"):
        desk.inbox.file(other, id, "m")


def test_what_is_deleted_is_no_longer_in_the_inbox(desk: Desk) -> None:
    number = with_file(desk).vorgangsnummer
    desk.inbox.decide(number, "erledigt", "Gut.", "m")
    desk.later(days=31)
    desk.applications.forget()
    assert desk.inbox.listed("m") == []
    with pytest.raises(NotFound):
        desk.inbox.show(number, "m")
