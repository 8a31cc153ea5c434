"""Upload links and attachments: one hour, one draft, one question; deleted with the values that name them."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from desk import CITIZEN, VALUES, Desk
from test_files import JPEG, PDF, PNG

from core.errors import BadInput, Conflict, Invalid, NotFound
from katalog.applications.files import MOST_BYTES


def token(desk: Desk, draft: str) -> str:
    return desk.uploads.link(draft, "foto").removeprefix("/anlagen/")


def files(desk: Desk) -> int:
    return len(desk.rows("antrag_anlage"))


def test_an_uploaded_file_becomes_the_value_of_its_question(desk: Desk) -> None:
    draft = desk.filled()
    link = token(desk, draft.id)
    assert len(link) == 32  # 192 bits
    place = desk.uploads.place(link)
    assert (place.formular, place.feld, place.frage, place.vorhanden) == (
        "Hund anmelden", "Foto", "Haben Sie ein Foto des Hundes?", None,
    )  # fmt: skip
    desk.uploads.take(link, "Rex.jpeg", JPEG)
    there = desk.uploads.place(link).vorhanden
    assert there and (there.name, there.typ, there.groesse) == ("Rex.jpg", "image/jpeg", len(JPEG))
    now = desk.drafts.get(draft.id)
    assert now.werte == VALUES | {"foto": there.id}
    assert now.fassung == draft.fassung + 1
    with pytest.raises(Conflict):  # who writes what was there before the upload would lose it
        desk.drafts.put(draft.id, VALUES, draft.fassung)
    assert (("antragsteller", "hochgeladen")) in desk.deeds()


def test_nothing_of_a_file_is_kept_readable(desk: Desk) -> None:
    link = token(desk, desk.filled().id)
    desk.uploads.take(link, "Rex von Mustermann.png", PNG + b"Mein Geheimnis")
    kept = repr(desk.rows("antrag_anlage")) + repr(desk.rows("antrag_hochladen")) + repr(desk.rows("antrag_protokoll"))
    for secret in ("Rex", "Mustermann", "Geheimnis", link):
        assert secret not in kept


def test_the_largest_file_comes_back_as_it_was(desk: Desk) -> None:
    draft, content = desk.filled(), PNG + os.urandom(MOST_BYTES - len(PNG))
    desk.uploads.take(token(desk, draft.id), "a.png", content)
    number = desk.submission.submit(draft.id, draft.fassung + 1, "k").vorgangsnummer
    assert desk.inbox.file(number, desk.inbox.show(number, "m").dateien[0].id, "m").inhalt == content


def test_a_later_file_replaces_the_earlier_one(desk: Desk) -> None:
    draft = desk.filled()
    desk.uploads.take(token(desk, draft.id), "eins.png", PNG)
    first = desk.drafts.get(draft.id).werte["foto"]
    desk.uploads.take(token(desk, draft.id), "zwei.pdf", PDF)
    assert desk.drafts.get(draft.id).werte["foto"] != first
    assert files(desk) == 1


def test_who_writes_with_a_file_that_was_replaced_meanwhile_is_too_late_and_not_wrong(desk: Desk) -> None:
    draft = desk.filled()
    link = token(desk, draft.id)
    desk.uploads.take(link, "eins.png", PNG)
    before = desk.drafts.get(draft.id)
    desk.uploads.take(link, "zwei.png", PNG)
    with pytest.raises(Conflict):
        desk.drafts.put(draft.id, before.werte, before.fassung)


def test_a_file_that_no_value_names_any_more_is_deleted(desk: Desk) -> None:
    draft = desk.filled()
    desk.uploads.take(token(desk, draft.id), "eins.png", PNG)
    now = desk.drafts.get(draft.id)
    kept = desk.drafts.put(draft.id, now.werte | {"anzahl": 2}, now.fassung)
    assert files(desk) == 1
    desk.drafts.put(draft.id, VALUES, kept.fassung)
    assert files(desk) == 0


def test_a_value_that_is_no_file_of_this_question_does_not_fit(desk: Desk) -> None:
    mine, other = desk.filled("eins"), desk.filled("zwei")
    desk.uploads.take(token(desk, other.id), "eins.png", PNG)
    foreign = desk.drafts.get(other.id).werte["foto"]
    for value in (foreign, "erfunden", ""):
        with pytest.raises(Invalid) as invalid:
            desk.drafts.put(mine.id, VALUES | {"foto": value}, mine.fassung)
        assert invalid.value.fehler == [{"feld": "foto", "grund": "format"}]


@pytest.mark.parametrize("feld", ["name", "gibtesnicht"])
def test_there_is_no_link_for_a_question_that_takes_no_file(desk: Desk, feld: str) -> None:
    with pytest.raises(NotFound, match="keine Datei"):
        desk.uploads.link(desk.filled().id, feld)


def test_a_link_is_good_for_an_hour(desk: Desk) -> None:
    draft = desk.filled()
    link = token(desk, draft.id)
    desk.later(minutes=59)
    desk.uploads.take(link, "a.png", PNG)
    desk.later(minutes=2)
    for call in (lambda: desk.uploads.place(link), lambda: desk.uploads.take(link, "a.png", PNG), lambda: desk.uploads.place("x")):
        with pytest.raises(NotFound, match="gilt nicht mehr"):
            call()
    desk.applications.forget()
    assert desk.rows("antrag_hochladen") == []
    assert files(desk) == 1


def test_a_refused_file_changes_nothing(desk: Desk) -> None:
    draft = desk.filled()
    link = token(desk, draft.id)
    desk.uploads.take(link, "a.png", PNG)
    before = desk.drafts.get(draft.id)
    with pytest.raises(BadInput):
        desk.uploads.take(link, "a.exe", b"MZ")
    assert desk.drafts.get(draft.id) == before
    assert files(desk) == 1


def test_files_and_links_go_with_their_draft(desk: Desk) -> None:
    for end in ("delete", "forget"):
        draft = desk.filled(end)
        link = token(desk, draft.id)
        desk.uploads.take(link, "a.png", PNG)
        if end == "delete":
            desk.drafts.delete(draft.id)
        else:
            desk.later(days=8)
            desk.applications.forget()
        assert files(desk) == 0
        assert desk.rows("antrag_hochladen") == []
        with pytest.raises(NotFound):
            desk.uploads.place(link)


def test_files_of_a_case_outlive_the_draft_and_go_with_its_values(desk: Desk) -> None:
    draft = desk.filled()
    link = token(desk, draft.id)
    desk.uploads.take(link, "a.png", PNG)
    receipt = desk.submission.submit(draft.id, draft.fassung + 1, "k")
    for call in (lambda: desk.uploads.take(link, "b.png", PNG), lambda: desk.uploads.link(draft.id, "foto")):
        with pytest.raises(Conflict, match="schon abgesendet"):
            call()
    desk.drafts.delete(draft.id)
    desk.later(days=8)
    desk.applications.forget()
    assert files(desk) == 1
    desk.cases.withdraw(receipt.vorgangsnummer, receipt.pin, CITIZEN)
    desk.later(days=31)
    desk.applications.forget()
    assert files(desk) == 0


def test_uploads_and_answers_at_once_lose_nothing(desk: Desk) -> None:
    draft = desk.filled()
    link = token(desk, draft.id)

    def answer(_: int) -> None:
        for _ in range(20):
            now = desk.drafts.get(draft.id)
            try:
                desk.drafts.put(draft.id, now.werte | {"anzahl": 3}, now.fassung)
                return
            except Conflict:
                continue

    with ThreadPoolExecutor(4) as pool:
        uploading = [pool.submit(desk.uploads.take, link, f"{number}.png", PNG) for number in range(2)]
        answering = [pool.submit(answer, number) for number in range(2)]
        for one in uploading + answering:
            one.result()
    now = desk.drafts.get(draft.id)
    assert now.werte["anzahl"] == 3
    assert [row["id"] for row in desk.rows("antrag_anlage")] == [now.werte["foto"]]
