"""Going live: only what passed the gate, only with a second person; each step in the trail. And the way back."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from console.access.tables import protokoll
from console.learning.cases import Case
from console.learning.progress import Progress
from console.learning.report import Measured
from console.person import Person
from core import learned
from core.errors import Conflict
from core.learned import Stand
from tests.console.house import House, Staff, both
from tests.console.lernen.measured import measured, report, sentence

pytestmark = pytest.mark.console
FINE = measured([sentence("a", "lob")])
BAD = measured([sentence("a", "lob", "dank")], macro_f1=0.5)
ANNA = Person("anna", "trainer")


def candidate(house: House, told: Measured = FINE, live: Measured = FINE, against: str = "") -> int:
    """A version of one case, asked for by Anna and measured; its id."""
    console = house.console
    with console.engine.begin() as connection:
        if not console.cases.kept():
            console.cases.add(connection, Case("Wie teuer ist das?", "frage_kosten", None, ["Was macht das?"]), ANNA)
    folder = console.candidates.request(ANNA)
    report(folder.name, told, live, against).write(folder)
    Progress.begin().at(folder, "bericht", 1.0, zustand="fertig")
    return int(folder.name[1:])


def live(house: House) -> Stand:
    return house.console.candidates.stand()


@pytest.fixture
def ben(house: House) -> Staff:
    return house.signed_in("ben", "trainer")


@both
def test_a_second_person_puts_it_live_and_one_click_goes_back(house: House, ben: Staff) -> None:
    key = candidate(house)
    assert ben.post(f"/lernen/kandidaten/{key}/live").status_code == 303
    assert live(house) == Stand(live=f"f{key}", vorher="")
    again = candidate(house, against=f"f{key}")
    ben.post(f"/lernen/kandidaten/{again}/live")
    assert live(house) == Stand(live=f"f{again}", vorher=f"f{key}")
    assert ben.post("/lernen/zurueck").status_code == 303
    assert live(house) == Stand(live=f"f{key}", vorher=f"f{again}")
    with house.console.engine.connect() as connection:
        deeds = connection.execute(select(protokoll).order_by(protokoll.c.id)).all()
    told = [(row.wer, row.was, row.bezug) for row in deeds if row.was in ("kandidat_angefordert", "live_gestellt", "zurueckgegangen")]
    assert told == [
        ("anna", "kandidat_angefordert", f"f{key}"), ("ben", "live_gestellt", f"f{key}"), ("anna", "kandidat_angefordert", f"f{again}"),
        ("ben", "live_gestellt", f"f{again}"), ("ben", "zurueckgegangen", f"f{key}"),
    ]  # fmt: skip


def refused(staff: Staff, key: int, why: str) -> None:
    """The page has no way to put it live and says why; and neither has the form sent all the same."""
    page = staff.get(f"/lernen/kandidaten/{key}").text
    assert why in page
    assert f'action="/konsole/lernen/kandidaten/{key}/live"' not in page
    answer = staff.post(f"/lernen/kandidaten/{key}/live")
    assert answer.status_code == 409
    assert why in answer.text
    assert live(staff.house) == Stand()


def test_nobody_agrees_to_what_they_asked_for_themselves(house: House) -> None:
    refused(house.signed_in("anna", "trainer"), candidate(house), "zweite Person")


def test_what_fails_the_gate_never_goes_live(house: House, ben: Staff) -> None:
    refused(ben, candidate(house, BAD), "Mindestens eine Regel ist verfehlt")


def test_a_new_case_that_is_wrong_has_to_be_accepted_by_name(house: House, ben: Staff) -> None:
    wrong = measured([sentence("a", "lob")], [sentence("Wie teuer ist das?", "frage_kosten", "lob")])
    key = candidate(house, wrong, wrong)
    refused(ben, key, "nicht ausdrücklich angenommen")
    assert ben.post(f"/lernen/kandidaten/{key}/annehmen", text="ein anderer Satz").status_code == 400
    assert ben.post(f"/lernen/kandidaten/{key}/annehmen", text="Wie teuer ist das?").status_code == 303
    assert ben.post(f"/lernen/kandidaten/{key}/live").status_code == 303
    assert live(house).live == f"f{key}"


def test_what_was_compared_with_another_version_is_measured_anew(house: House, ben: Staff) -> None:
    refused(ben, candidate(house, against="f99"), "andere Fassung live")


def test_a_reviewer_looks_and_a_reader_does_not(house: House) -> None:
    key = candidate(house)
    reviewer, reader = house.signed_in("rosa", "pruefer"), house.signed_in("lea", "leser")
    assert reviewer.get(f"/lernen/kandidaten/{key}").status_code == 200
    assert reviewer.post(f"/lernen/kandidaten/{key}/live").status_code == 403
    assert reviewer.post("/lernen/kandidaten").status_code == 403
    assert reviewer.post("/lernen/zurueck").status_code == 403
    assert reader.get("/lernen/aenderungen.patch").status_code == 403
    assert live(house) == Stand()


def test_while_the_model_changes_nobody_changes_it_again(house: House, ben: Staff) -> None:
    key = candidate(house)
    ben.post(f"/lernen/kandidaten/{key}/live")
    told = {"zustand": "startet", "fassung": f"f{key}", "live": "", "seit": ""}
    learned.write(learned.home(house.console.settings) / "wechsel.json", json.dumps(told))
    assert ben.post("/lernen/zurueck").status_code == 409
    assert "wird gewechselt" in ben.get("/lernen").text


def test_without_a_version_before_there_is_no_way_back(house: House, ben: Staff) -> None:
    assert ben.post("/lernen/zurueck").status_code == 409


def test_a_version_holds_the_cases_that_count_and_no_other(house: House, ben: Staff) -> None:
    candidate(house)
    (case,) = house.console.cases.kept()
    assert ben.post(f"/lernen/faelle/{case.id}/zurueckziehen").status_code == 303
    assert ben.post(f"/lernen/faelle/{case.id}/zurueckziehen").status_code == 404
    assert ben.post("/lernen/kandidaten").status_code == 400
    with house.console.engine.begin() as connection:
        house.console.cases.add(connection, Case("Ein anderer Fall", "lob", None, []), ANNA)
    folder = house.console.candidates.request(ANNA)
    assert "Ein anderer Fall" in (folder / "faelle" / "gelernt.jsonl").read_text("utf-8")
    assert len((folder / "faelle" / "gelernt.jsonl").read_text("utf-8").splitlines()) == 1


def test_a_job_that_was_killed_is_told_as_what_it_is(house: House, ben: Staff) -> None:
    key = candidate(house)
    folder = house.console.candidates.folder(key)
    (folder / "bericht.json").unlink()
    lasting = f"import time; from pathlib import Path; from console.learning.progress import Progress; \
p = Progress.begin().at(Path({str(folder)!r}), 'trainieren'); print('da', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", lasting], stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(Path.cwd())}) as job:
        assert job.stdout
        assert job.stdout.readline() == b"da\n"
        assert "Trainieren …" in ben.get(f"/lernen/kandidaten/{key}").text
        with pytest.raises(Conflict, match="schon ein Kandidat"):
            house.console.candidates.request(ANNA)
        job.kill()
    page = ben.get(f"/lernen/kandidaten/{key}").text
    assert "Abgebrochen beim Schritt „Trainieren“" in page
    assert "Bitte trainieren Sie neu" in page
    assert ben.get(f"/lernen/kandidaten/{key}/stand").json()["zustand"] == "abgebrochen"


def test_old_candidates_are_deleted_with_their_files_and_the_live_one_stays(house: House, ben: Staff) -> None:
    key = candidate(house)
    ben.post(f"/lernen/kandidaten/{key}/live")
    other = candidate(house, against=f"f{key}")
    kind = next(one for one in house.console.retention.kinds if one.name == "kandidaten")
    later = datetime.now(UTC) + timedelta(days=1)
    with house.console.engine.begin() as connection:
        assert kind.count(connection, later) == 1
        assert kind.delete(connection, later) == 1
    assert not house.console.candidates.folder(other).exists()
    assert house.console.candidates.folder(key).exists()


def test_the_change_is_shown_as_a_diff_and_leaves_as_a_patch(house: House, ben: Staff) -> None:
    candidate(house)
    page = ben.get("/lernen/aenderungen").text
    assert "satz_gelernt.jsonl" in page
    assert "Was macht das?" in page
    answer = ben.get("/lernen/aenderungen.patch")
    assert answer.headers["content-disposition"] == 'attachment; filename="gelernt.patch"'
    assert answer.text.startswith("diff --git a/data/nlu/frage_kosten.yml")
