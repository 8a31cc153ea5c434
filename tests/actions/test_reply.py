"""Answers put together: buttons, links, questions back, and what is said when nothing was understood."""

import json
from itertools import pairwise

import pytest
from records import FULL, OFFICE, empty, full, served

from actions.facts import FACTS
from actions.reply import about, clarification, not_understood, payload, simple, which_service
from core.answer import MOST_BUTTONS, plain_text
from core.catalogue import Treffer


def hit(name: str, titel: str | None = None) -> Treffer:
    return Treffer(id=name, schluessel=None, titel=titel or f"{name.title()} anmelden", score=0.3)


FIVE = [hit(name) for name in ("hund", "katze", "pferd", "fisch", "vogel")]


@pytest.mark.parametrize("aspect", FACTS)
def test_a_filled_and_an_empty_record_have_an_answer_to_everything(aspect: str) -> None:
    for record in (full(), empty()):
        answer = about(record, aspect)
        assert answer.text.strip()
        assert answer.leistung and answer.leistung.id == record.kennung
        assert 1 <= len(answer.buttons) <= MOST_BUTTONS


@pytest.mark.parametrize("aspect", FACTS)
def test_of_an_empty_record_only_the_gap_and_the_115_are_told(aspect: str) -> None:
    answer = about(empty(), aspect)
    assert (answer.fakten, answer.quellenangaben, answer.links, answer.quelle) == ([], [], [], None)
    assert "115" in plain_text(answer)


@pytest.mark.parametrize("aspect", FACTS)
@pytest.mark.parametrize("length", [200, 4000])
def test_the_longest_names_that_the_catalogue_takes_still_give_an_answer(aspect: str, length: int) -> None:
    name = ("Wasserrechtliche Erlaubnis " * 200)[: length - 1] + "x"
    kinds = ("antrag", "formular", "termin", "info")
    for kind in kinds:
        record = served(FULL | {"titel": name, "online": {"url": "https://stadt.example/a", "typ": kind}}, OFFICE | {"name": name})
        answer = about(record, aspect, [hit("hund", name)])
        assert name in answer.text or aspect == "antrag_status"
        assert all(len(link.title) <= 200 for link in answer.links)


def test_next_questions_are_those_that_the_catalogue_can_answer() -> None:
    titles = [button.payload.split("{")[0] for button in about(full(), "frage_kosten").buttons]
    assert titles == ["/frage_unterlagen", "/frage_zustaendigkeit", "/frage_online", "/frage_ablauf"]
    only = served({"kennung": "x", "titel": "X", "fristen": ["bald"]})
    assert about(only, "leistung_suchen").buttons[0].payload == payload("frage_frist", "x")


def test_what_else_may_be_meant_is_offered_first_and_keeps_the_question() -> None:
    answer = about(full(), "frage_kosten", FIVE[:3])
    assert [button.title for button in answer.buttons][:2] == ["Oder: Hund anmelden", "Oder: Katze anmelden"]
    assert [json.loads(button.payload.removeprefix("/frage_kosten")) for button in answer.buttons[:2]] == [
        {"leistung": "hund"},
        {"leistung": "katze"},
    ]
    assert len(answer.buttons) == MOST_BUTTONS


def test_the_question_back_offers_three_and_a_way_out() -> None:
    answer = clarification(FIVE, "frage_kosten")
    assert [button.payload for button in answer.buttons] == [*(payload("frage_kosten", one.id) for one in FIVE[:3]), "/ablehnen"]
    assert answer.text.endswith("?")


def test_without_a_service_the_question_says_what_to_write() -> None:
    answer = which_service()
    assert "?" in answer.text
    assert answer.buttons == []


def test_each_misunderstanding_is_told_in_other_words_than_the_last_and_always_offers_a_person() -> None:
    answers = [not_understood(failures, FIVE, "leistung_suchen") for failures in range(12)]
    assert all(one.text != other.text for one, other in pairwise(answers))
    assert all(answer.buttons[-1].payload == "/mensch_sprechen" for answer in answers)
    assert all(len(answer.buttons) <= MOST_BUTTONS for answer in answers)
    assert all("115" in answer.text for answer in answers[1:])
    assert [button.payload for button in answers[0].buttons[:-1]] == [payload("leistung_suchen", one.id) for one in FIVE[:3]]


def test_a_page_is_linked_once() -> None:
    record = served(
        FULL | {"online": {"url": "https://stadt.example/teich", "typ": "antrag"}}, OFFICE | {"url": "https://stadt.example/teich"}
    )
    assert [link.title for link in about(record, "frage_kontakt").links] == ["Online-Antrag: Teich anlegen"]


def test_the_page_of_the_office_is_linked_where_the_office_is_asked_for() -> None:
    with_office = [aspect for aspect in FACTS if OFFICE["url"] in [link.url for link in about(full(), aspect).links]]
    assert set(with_office) == {"frage_zustaendigkeit", "frage_kontakt", "frage_oeffnungszeiten", "antrag_status", "termin_buchen"}


@pytest.mark.parametrize("key", ["ausgefallen", "nichts_zu_wiederholen", "abgebrochen", "was_sonst"])
def test_plain_sentences_are_there(key: str) -> None:
    assert simple(key).text


def test_an_info_page_is_not_called_an_online_service() -> None:
    told = about(full(online={"url": "https://stadt.example/i", "typ": "info"}), "frage_online").text
    assert "Informationen" in told
    assert "Ja, " not in told
    assert about(full(), "frage_online").text.startswith("Ja, ")
