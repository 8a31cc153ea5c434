"""Cases: submitted once, told to who knows number and PIN, withdrawn, and emptied when they ended long ago."""

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from desk import CITIZEN, VALUES, Desk
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core import ids
from core.errors import Conflict, Invalid, NotFound, TooMany
from katalog.applications.audit import history
from katalog.applications.cases import FINAL, WITHDRAWABLE
from katalog.applications.inbox import Inbox
from katalog.applications.schemas import Quittung, Status
from katalog.applications.texts import texts

ALL: tuple[Status, ...] = ("eingegangen", "in_bearbeitung", "rueckfrage", "erledigt", "abgelehnt", "zurueckgenommen")


def test_a_submission_gives_number_pin_next_step_and_documents(desk: Desk) -> None:
    receipt = desk.submitted(tierheim=True)
    assert ids.case_number(receipt.vorgangsnummer) == receipt.vorgangsnummer
    assert re.fullmatch("[0-9]{8}", receipt.pin)
    assert (receipt.status, receipt.eingegangen_am, receipt.demonstration) == ("eingegangen", desk.clock, True)
    assert receipt.naechster_schritt == "Die Steuermarke kommt mit der Post."
    assert receipt.unterlagen == ["Personalausweis", "Bescheinigung des Tierheims", "Vollmacht (wenn jemand Sie vertritt)"]


def test_the_same_key_gives_the_same_receipt_again(desk: Desk) -> None:
    draft = desk.filled(tierheim=True)
    first = desk.submission.submit(draft.id, draft.fassung, "k")
    desk.later(hours=1)
    assert desk.submission.submit(draft.id, draft.fassung, "k") == first
    desk.drafts.delete(draft.id)
    assert desk.submission.submit(draft.id, draft.fassung, "k") == first
    desk.later(days=8)
    desk.applications.forget()
    assert desk.submission.submit(draft.id, draft.fassung, "k") == first
    assert len(desk.rows("antrag_vorgang")) == len(desk.rows("antrag_postfach")) == 1


def test_another_key_is_told_that_it_is_submitted_already(desk: Desk) -> None:
    draft = desk.filled()
    first = desk.submission.submit(draft.id, draft.fassung, "k")
    with pytest.raises(Conflict, match="schon abgesendet") as refused:
        desk.submission.submit(draft.id, draft.fassung, "anderer")
    assert refused.value.vorgangsnummer == first.vorgangsnummer


@pytest.mark.parametrize("keys", [["k"], ["a", "b"], ["a", "b", "c", "d"]], ids=["the same key", "two keys", "four keys"])
def test_many_who_submit_at_once_make_one_case(desk: Desk, keys: list[str]) -> None:
    draft = desk.filled()

    def submit(number: int) -> Quittung | str | None:
        try:
            return desk.submission.submit(draft.id, draft.fassung, keys[number % len(keys)])
        except Conflict as refused:
            return refused.vorgangsnummer

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(submit, range(16)))
    receipts = [one for one in answers if isinstance(one, Quittung)]
    assert {one.vorgangsnummer for one in receipts} | {one for one in answers if isinstance(one, str)} == {receipts[0].vorgangsnummer}
    assert len({one.pin for one in receipts}) == 1
    assert len(receipts) == 16 / len(keys)
    assert len(desk.rows("antrag_vorgang")) == len(desk.rows("antrag_postfach")) == 1
    assert desk.deeds().count(("antragsteller", "abgesendet")) == 1


@pytest.mark.parametrize(
    ("values", "fehler"),
    [
        ({}, [("name", "required"), ("anzahl", "required"), ("art", "required")]),
        (VALUES | {"art": "blind"}, [("grad", "required")]),
    ],
)
def test_a_draft_that_is_not_whole_is_not_submitted(desk: Desk, values: dict[str, Any], fehler: list[tuple[str, str]]) -> None:
    draft = desk.drafts.begin("hund", CITIZEN, "k")
    draft = desk.drafts.put(draft.id, values, 0)
    with pytest.raises(Invalid) as refused:
        desk.submission.submit(draft.id, draft.fassung, "k")
    assert [(one["feld"], one["grund"]) for one in refused.value.fehler] == fehler
    assert desk.rows("antrag_vorgang") == []


def test_a_day_that_was_good_when_it_was_told_is_looked_at_again_when_it_is_submitted(desk: Desk) -> None:
    draft = desk.filled(abholung="2026-03-24")
    desk.later(days=1)
    with pytest.raises(Invalid) as refused:
        desk.submission.submit(draft.id, draft.fassung, "k")
    assert refused.value.fehler == [{"feld": "abholung", "grund": "x-frueheste"}]


def test_an_old_version_is_not_submitted(desk: Desk) -> None:
    draft = desk.filled()
    desk.drafts.put(draft.id, VALUES | {"anzahl": 2}, draft.fassung)
    with pytest.raises(Conflict) as refused:
        desk.submission.submit(draft.id, draft.fassung, "k")
    assert refused.value.vorgangsnummer is None


def test_the_office_gets_only_what_is_still_asked(desk: Desk) -> None:
    draft = desk.filled(art="blind", grad=80, nachweis="Mainz")
    draft = desk.drafts.put(draft.id, {**draft.werte, "art": "sonst"}, draft.fassung)
    desk.submission.submit(draft.id, draft.fassung, "k")
    row = desk.rows("antrag_postfach")[0]
    assert row["referat"] == "Referat Finanzen"
    assert desk.cases._vault.open(row["werte"]) == b'{"name": "Erika Mustermann", "anzahl": 1, "art": "sonst"}'


def test_when_it_cannot_be_delivered_nothing_is_submitted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = desk.filled()
    with monkeypatch.context() as broken:
        broken.setattr(Inbox, "deliver", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            desk.submission.submit(draft.id, draft.fassung, "k")
    assert desk.rows("antrag_vorgang") == []
    assert desk.drafts.get(draft.id) == draft
    assert desk.submission.submit(draft.id, draft.fassung, "k")


def test_number_and_pin_tell_how_it_stands(desk: Desk) -> None:
    receipt = desk.submitted()
    told = desk.cases.status(receipt.vorgangsnummer, receipt.pin, CITIZEN)
    assert (told.titel, told.status, told.seit, told.antwort) == ("Hund anmelden", "eingegangen", desk.clock, None)
    assert told.naechster_schritt == receipt.naechster_schritt
    typed = receipt.vorgangsnummer.lower().replace("-", " "), f"{receipt.pin[:4]} {receipt.pin[4:]}"
    assert desk.cases.status(*typed, CITIZEN) == told


@pytest.mark.parametrize("status", ALL)
def test_each_status_is_told_with_its_text_its_moment_and_the_answer_of_the_office(desk: Desk, status: Status) -> None:
    receipt = desk.submitted()
    desk.later(days=2)
    desk.cases.change(receipt.vorgangsnummer, status, "amt", ALL, "Bitte rufen Sie an.")
    told = desk.cases.status(receipt.vorgangsnummer, receipt.pin, CITIZEN)
    assert (told.status, told.seit, told.antwort) == (status, desk.clock, "Bitte rufen Sie an.")
    assert told.status_text == texts().status[status].text
    with desk.engine.connect() as connection:
        assert history(connection, receipt.vorgangsnummer) == [("eingegangen", desk.clock - timedelta(days=2)), (status, desk.clock)]


@pytest.mark.parametrize("status", ALL)
def test_a_case_can_be_withdrawn_as_long_as_the_office_is_not_through_with_it(desk: Desk, status: Status) -> None:
    receipt = desk.submitted()
    desk.cases.change(receipt.vorgangsnummer, status, "amt", ALL)
    if status in (*WITHDRAWABLE, "zurueckgenommen"):
        for _ in range(2):  # the second time nothing changes
            assert desk.cases.withdraw(receipt.vorgangsnummer, receipt.pin, CITIZEN).status == "zurueckgenommen"
    else:
        with pytest.raises(Conflict):
            desk.cases.withdraw(receipt.vorgangsnummer, receipt.pin, CITIZEN)
        assert desk.cases.status(receipt.vorgangsnummer, receipt.pin, CITIZEN).status == status


def test_wrong_number_wrong_pin_and_nothing_are_told_in_the_same_words(desk: Desk) -> None:
    receipt, other = desk.submitted(), ids.new_case_number()
    wrong = [(receipt.vorgangsnummer, "00000000"), (other, receipt.pin), ("KL-0000", receipt.pin), ("\x00", "\x00"), ("x" * 100, "")]
    said = set()
    for number, (nummer, pin) in enumerate(wrong):
        for call in (desk.cases.status, desk.cases.withdraw):
            with pytest.raises(NotFound) as refused:
                call(nummer, pin, f"rater-{number}")
            said.add(str(refused.value))
    assert said == {texts().kein_vorgang}


@pytest.mark.parametrize("existing", [True, False])
def test_after_five_wrong_tries_a_number_is_locked_for_everybody_whether_it_exists_or_not(desk: Desk, existing: bool) -> None:
    receipt = desk.submitted()
    number = receipt.vorgangsnummer if existing else ids.new_case_number()
    for place in range(5):
        call = desk.cases.status if place % 2 else desk.cases.withdraw
        with pytest.raises(NotFound):
            call(number, "falsch", f"rater-{place}")
    with pytest.raises(TooMany):
        desk.cases.status(number, receipt.pin, "jemand anders")
    desk.later(minutes=14)
    with pytest.raises(TooMany):
        desk.cases.withdraw(number, receipt.pin, "jemand anders")
    desk.later(minutes=2)
    if existing:
        assert desk.cases.status(number, receipt.pin, "jemand anders")


def test_after_five_wrong_tries_a_conversation_is_locked_for_every_number(desk: Desk) -> None:
    receipt = desk.submitted()
    for _ in range(5):
        with pytest.raises(NotFound):
            desk.cases.status(ids.new_case_number(), "00000000", "rater")
        assert desk.cases.status(receipt.vorgangsnummer, receipt.pin, "ich")  # nobody else is
    with pytest.raises(TooMany):
        desk.cases.status(receipt.vorgangsnummer, receipt.pin, "rater")


def test_a_right_pin_does_not_give_wrong_tries_back(desk: Desk) -> None:
    receipt = desk.submitted()
    for _ in range(4):
        with pytest.raises(NotFound):
            desk.cases.status(ids.new_case_number(), "00000000", "rater")
        assert desk.cases.status(receipt.vorgangsnummer, receipt.pin, "rater")
    with pytest.raises(NotFound):
        desk.cases.status(ids.new_case_number(), "00000000", "rater")
    with pytest.raises(TooMany):
        desk.cases.status(receipt.vorgangsnummer, receipt.pin, "rater")


def test_who_knows_the_pin_may_ask_as_often_as_they_like(desk: Desk) -> None:
    receipt = desk.submitted()
    for _ in range(20):
        assert desk.cases.status(receipt.vorgangsnummer, receipt.pin, CITIZEN)


def test_2000_guesses_at_once_try_five_pins_and_hit_nothing(desk: Desk) -> None:
    receipt = desk.submitted()
    right = int(receipt.pin)

    def guess(number: int) -> type[Exception] | None:
        pin = f"{(right + 1 + number) % 10**8:08d}"
        try:
            desk.cases.status(receipt.vorgangsnummer, pin, f"rater-{number // 5}")
        except (NotFound, TooMany) as refused:
            return type(refused)
        return None

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(2000)))
    assert answers.count(NotFound) == 5
    assert answers.count(TooMany) == 1995
    with pytest.raises(TooMany):
        desk.cases.status(receipt.vorgangsnummer, receipt.pin, "ich")


def test_what_was_written_is_deleted_30_days_after_the_end_and_the_history_stays(desk: Desk) -> None:
    receipt = desk.submitted()
    desk.later(days=40)
    desk.applications.forget()
    assert len(desk.rows("antrag_postfach")) == 1  # it is not at its end
    for status in FINAL:
        desk.cases.change(receipt.vorgangsnummer, status, "amt", ALL, "Bescheid liegt bei.")
    desk.later(days=29)
    desk.applications.forget()
    assert len(desk.rows("antrag_postfach")) == 1
    desk.later(days=1)
    for _ in range(2):
        desk.applications.forget()
    assert desk.rows("antrag_postfach") == []
    row = desk.rows("antrag_vorgang")[0]
    assert (row["unterlagen"], row["antwort"]) == (None, None)
    assert desk.deeds().count(("lotse", "angaben_geloescht")) == 1
    told = desk.cases.status(receipt.vorgangsnummer, receipt.pin, CITIZEN)
    assert (told.status, told.antwort) == ("zurueckgenommen", None)


def test_what_nobody_finished_is_deleted_a_year_after_its_last_change(desk: Desk) -> None:
    receipt = desk.submitted()
    desk.later(days=300)
    desk.cases.change(receipt.vorgangsnummer, "in_bearbeitung", "amt", ALL)
    desk.later(days=364)
    desk.applications.forget()
    assert len(desk.rows("antrag_postfach")) == 1
    desk.later(days=1)
    desk.applications.forget()
    assert desk.rows("antrag_postfach") == []
    assert desk.cases.status(receipt.vorgangsnummer, receipt.pin, CITIZEN).status == "in_bearbeitung"


def test_the_audit_trail_tells_who_did_what_and_only_grows(desk: Desk) -> None:
    receipt = desk.submitted()
    desk.cases.change(receipt.vorgangsnummer, "in_bearbeitung", "amt:meier", ALL)
    desk.cases.withdraw(receipt.vorgangsnummer, receipt.pin, CITIZEN)
    citizen = "antragsteller"
    assert desk.deeds() == [
        (citizen, "begonnen"), (citizen, "geaendert"), (citizen, "abgesendet"), (citizen, "status"), ("amt:meier", "status"),
        (citizen, "status"),
    ]  # fmt: skip
    before = desk.rows("antrag_protokoll")
    for statement in ("DELETE FROM antrag_protokoll", "UPDATE antrag_protokoll SET wer = 'niemand'"):
        with pytest.raises(DBAPIError, match="only grows"), desk.engine.begin() as connection:
            connection.execute(text(statement))
    assert desk.rows("antrag_protokoll") == before


def test_nothing_that_was_written_can_be_read_in_the_database_or_in_the_log(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        receipt = desk.submitted(tierheim=True)
        desk.cases.change(receipt.vorgangsnummer, "erledigt", "amt", ALL, "Frau Mustermann, alles gut.")
        desk.cases.status(receipt.vorgangsnummer, receipt.pin, CITIZEN)
    kept = repr([desk.rows(name) for name in ("antrag_entwurf", "antrag_vorgang", "antrag_postfach", "antrag_protokoll", "antrag_versuch")])
    # The form itself names the documents it may ask for.
    for secret in ("Mustermann", receipt.pin, CITIZEN, "alles gut", "Vollmacht"):
        assert secret not in kept
        assert secret not in caplog.text
