"""Drafts: begun once, changed by one at a time, paused and resumed with a code, gone after seven days."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from desk import CITIZEN, VALUES, Desk

from core.errors import Conflict, Invalid, LotseError, NotFound, TooMany
from katalog.applications.schemas import Entwurf
from katalog.applications.texts import texts


def test_a_draft_begins_empty_with_the_form_of_its_service(desk: Desk) -> None:
    draft = desk.drafts.begin("hund", CITIZEN, "k")
    assert (draft.leistung, draft.titel, draft.werte, draft.fassung, draft.vorgangsnummer) == ("hund", "Hund anmelden", {}, 0, None)
    assert list(draft.formular["properties"])[:2] == ["name", "plz"]
    assert (draft.gueltig_bis - desk.clock).days == 7
    assert len(draft.id) >= 22
    assert desk.drafts.get(draft.id) == draft


@pytest.mark.parametrize("leistung", ["gibt-es-nicht", "ohne-leistung", "", "\x00"])
def test_a_service_without_a_form_or_not_in_the_catalogue_cannot_be_begun(desk: Desk, leistung: str) -> None:
    assert desk.drafts.offered() == ["hund"]
    for call in (lambda: desk.drafts.form(leistung), lambda: desk.drafts.begin(leistung, CITIZEN, "k")):
        with pytest.raises(NotFound):
            call()


def test_the_same_key_of_the_same_conversation_begins_once(desk: Desk) -> None:
    first = desk.drafts.begin("hund", CITIZEN, "k")
    desk.drafts.put(first.id, VALUES, 0)
    again = desk.drafts.begin("hund", CITIZEN, "k")
    assert (again.id, again.werte, again.fassung) == (first.id, VALUES, 1)
    assert desk.drafts.begin("hund", CITIZEN, "anderer").id != first.id


def test_another_conversation_with_the_same_key_gets_a_draft_of_its_own(desk: Desk) -> None:
    mine = desk.drafts.begin("hund", CITIZEN, "1")
    desk.drafts.put(mine.id, VALUES, 0)
    theirs = desk.drafts.begin("hund", "gespraech-2", "1")
    assert theirs.id != mine.id
    assert theirs.werte == {}


def test_many_at_once_with_one_key_begin_one_draft(desk: Desk) -> None:
    with ThreadPoolExecutor(8) as pool:
        begun = {draft.id for draft in pool.map(lambda _: desk.drafts.begin("hund", CITIZEN, "k"), range(16))}
    assert len(begun) == 1
    assert len(desk.rows("antrag_entwurf")) == 1


def test_values_are_kept_as_they_were_told_and_missing_ones_are_no_fault(desk: Desk) -> None:
    draft = desk.drafts.begin("hund", CITIZEN, "k")
    told = {"name": "Zoë 🐕 \x00 „Ö“", "groesse": 0.5, "tierheim": True}
    after = desk.drafts.put(draft.id, told, 0)
    assert (after.werte, after.fassung) == (told, 1)
    assert desk.drafts.get(draft.id).werte == told


def test_a_value_that_does_not_fit_changes_nothing(desk: Desk) -> None:
    draft = desk.filled()
    with pytest.raises(Invalid) as refused:
        desk.drafts.put(draft.id, VALUES | {"plz": "geheim"}, draft.fassung)
    assert refused.value.fehler == [{"feld": "plz", "grund": "pattern"}]
    assert "geheim" not in str(refused.value)
    assert desk.drafts.get(draft.id) == draft


def test_a_change_of_an_old_version_is_refused(desk: Desk) -> None:
    draft = desk.filled()
    with pytest.raises(Conflict) as refused:
        desk.drafts.put(draft.id, {}, 0)
    assert (str(refused.value), refused.value.vorgangsnummer) == (texts().andere_fassung, None)
    assert desk.drafts.get(draft.id) == draft


def test_of_many_changes_at_once_one_counts(desk: Desk) -> None:
    draft = desk.drafts.begin("hund", CITIZEN, "k")

    def put(number: int) -> bool:
        try:
            desk.drafts.put(draft.id, {"name": f"Nummer {number}"}, 0)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        counted = list(pool.map(put, range(8)))
    assert sum(counted) == 1
    after = desk.drafts.get(draft.id)
    assert (after.fassung, after.werte) == (1, {"name": f"Nummer {counted.index(True)}"})


def test_a_draft_is_gone_after_seven_days_also_before_it_is_cleaned_away(desk: Desk) -> None:
    draft = desk.filled()
    code = desk.codes.pause(draft.id)
    desk.later(days=7, seconds=-1)
    assert desk.drafts.get(draft.id).werte == VALUES
    desk.later(seconds=1)
    calls: list[Any] = [
        lambda: desk.drafts.get(draft.id), lambda: desk.drafts.put(draft.id, {}, 1), lambda: desk.codes.pause(draft.id),
        lambda: desk.codes.resume(code.code, CITIZEN), lambda: desk.submission.submit(draft.id, 1, "k"),
    ]  # fmt: skip
    for call in calls:
        with pytest.raises(NotFound):
            call()
    desk.applications.forget()
    assert (desk.rows("antrag_entwurf"), desk.rows("antrag_code")) == ([], [])
    assert ("lotse", "entwurf_geloescht") in desk.deeds()


def test_the_key_of_a_draft_that_is_gone_begins_a_new_one(desk: Desk) -> None:
    old = desk.filled("k")
    desk.codes.pause(old.id)
    desk.later(days=8)
    assert desk.drafts.begin("hund", CITIZEN, "k").werte == {}


def test_a_deleted_draft_is_gone_and_deleting_again_does_nothing(desk: Desk) -> None:
    draft = desk.filled()
    desk.codes.pause(draft.id)
    for _ in range(2):
        desk.drafts.delete(draft.id)
    with pytest.raises(NotFound):
        desk.drafts.get(draft.id)
    assert (desk.rows("antrag_entwurf"), desk.rows("antrag_code")) == ([], [])
    assert desk.deeds().count(("antragsteller", "entwurf_geloescht")) == 1


def test_a_code_opens_the_draft_in_another_conversation_once(desk: Desk) -> None:
    draft = desk.filled()
    code = desk.codes.pause(draft.id)
    assert re.fullmatch("([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code.code)
    assert code.gueltig_bis == draft.gueltig_bis
    assert desk.codes.resume(code.code.lower().replace("-", " "), "gespraech-2") == draft
    with pytest.raises(NotFound, match="Code"):
        desk.codes.resume(code.code, "gespraech-3")


def test_the_conversation_that_used_a_code_may_say_it_again(desk: Desk) -> None:
    draft = desk.filled()
    code = desk.codes.pause(draft.id).code
    assert [desk.codes.resume(code, "gespraech-2") for _ in range(7)] == [draft] * 7


def test_of_many_conversations_with_one_code_at_once_one_gets_the_draft(desk: Desk) -> None:
    code = desk.codes.pause(desk.filled().id).code

    def resume(number: int) -> Entwurf | None:
        try:
            return desk.codes.resume(code, f"fremd-{number}")
        except NotFound:
            return None

    with ThreadPoolExecutor(8) as pool:
        assert sum(1 for draft in pool.map(resume, range(8)) if draft) == 1


def test_a_new_code_takes_the_place_of_the_one_before(desk: Desk) -> None:
    draft = desk.filled()
    old, new = desk.codes.pause(draft.id).code, desk.codes.pause(draft.id).code
    with pytest.raises(NotFound):
        desk.codes.resume(old, CITIZEN)
    assert desk.codes.resume(new, CITIZEN).id == draft.id


def test_five_wrong_codes_lock_the_conversation_for_a_quarter_of_an_hour(desk: Desk) -> None:
    code = desk.codes.pause(desk.filled().id).code
    said = set()
    for wrong in ("0A0A-0A0A-0A0A-0A0A", "kein Code", "", "\x00", "x" * 100):
        with pytest.raises(NotFound) as refused:
            desk.codes.resume(wrong, "rater")
        said.add(str(refused.value))
    assert said == {texts().kein_code}
    with pytest.raises(TooMany):
        desk.codes.resume(code, "rater")
    desk.later(minutes=14)
    with pytest.raises(TooMany):
        desk.codes.resume(code, "rater")
    desk.later(minutes=2)
    assert desk.codes.resume(code, "rater")


def test_a_submitted_draft_tells_its_case_and_takes_nothing_more(desk: Desk) -> None:
    draft = desk.filled()
    code = desk.codes.pause(draft.id).code
    number = desk.submission.submit(draft.id, 1, "k").vorgangsnummer
    after = desk.drafts.get(draft.id)
    assert (after.vorgangsnummer, after.werte) == (number, {})
    for call in (lambda: desk.drafts.put(draft.id, VALUES, 1), lambda: desk.codes.pause(draft.id)):
        with pytest.raises(Conflict) as refused:
            call()
        assert refused.value.vorgangsnummer == number
    with pytest.raises(NotFound):
        desk.codes.resume(code, CITIZEN)


def test_the_database_holds_no_value_and_no_code_that_could_be_read(desk: Desk) -> None:
    draft = desk.filled()
    code = desk.codes.pause(draft.id).code
    kept = repr([desk.rows(name) for name in ("antrag_entwurf", "antrag_code", "antrag_protokoll")])
    for secret in ("Mustermann", code, code.replace("-", ""), CITIZEN):
        assert secret not in kept


def test_a_service_has_no_draft_for_a_name_that_is_none(desk: Desk) -> None:
    for draft in ("gibt-es-nicht", "x" * 500, ""):
        with pytest.raises(LotseError):
            desk.drafts.get(draft)
