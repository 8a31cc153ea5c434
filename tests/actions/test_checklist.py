"""Checklists as answers: when they are given, and how their steps are opened."""

import json

import pytest
from records import FULL, OFFICE, served

from actions.reply import Beside, about, checklist
from actions.topic import decide
from actions.turn import Turn
from core.answer import Antwort, plain_text
from core.catalogue import Herkunft, Treffer
from core.checklist import ChecklisteAuskunft, SchrittAuskunft
from katalog.schemas import Suchergebnis

SOURCE = Herkunft(titel="Stadt: Umzug", url="https://stadt.example/umzug", stand="2026-11", art="belegt")
EVENT = ChecklisteAuskunft(
    id="umzug", titel="Umzug", einleitung="Diese Punkte stehen an.",
    schritte=[
        SchrittAuskunft(leistung="ummelden", titel="Wohnsitz ummelden", wann="innerhalb von zwei Wochen", herkunft=[SOURCE]),
        SchrittAuskunft(leistung="kfz", titel="Adresse im Fahrzeugschein ändern", falls="wenn Sie ein Auto haben"),
        SchrittAuskunft(leistung="strom", titel="Strom anmelden"),
    ],
)  # fmt: skip


def turn(intent: str = "leistung_suchen", **more: object) -> Turn:
    return Turn(text="x", intent=intent, leistung=None, aspekt=None, offen=False, **more)  # type: ignore[arg-type]


def found(event: ChecklisteAuskunft | None, score: float = 0.9) -> Suchergebnis:
    hit = Treffer(id="teich", schluessel=None, titel="Teich anlegen", score=score)
    return Suchergebnis(treffer=[hit], naechste=[hit], ohne_leistung=0.1, auskunft=served(FULL, OFFICE), checkliste=event)


@pytest.mark.parametrize("intent", ["leistung_suchen", "frage_ablauf", "frage_zustaendigkeit"])
def test_who_asks_for_the_whole_event_gets_the_checklist(intent: str) -> None:
    topic = decide(turn(intent), found(EVENT))
    assert (topic.kind, topic.checkliste) == ("checkliste", EVENT)


@pytest.mark.parametrize("intent", ["frage_kosten", "frage_oeffnungszeiten", "antrag_status"])
def test_who_asks_for_one_number_gets_the_number(intent: str) -> None:
    assert decide(turn(intent), found(EVENT)).kind == "antwort"


def test_without_an_event_nothing_changes() -> None:
    assert decide(turn(), found(None)).kind == "antwort"


def test_a_pressed_checklist_is_opened() -> None:
    assert decide(turn("leistung_suchen", pressed=True, checkliste="umzug"), found(EVENT)).kind == "checkliste"


def test_each_step_is_opened_by_a_button_and_its_text_begins_with_it() -> None:
    answer = checklist(EVENT)
    payloads = [json.loads(button.payload.removeprefix("/leistung_suchen")) for button in answer.offered()]
    assert payloads == [{"leistung": "ummelden"}, {"leistung": "kfz"}, {"leistung": "strom"}]
    assert all(fact.button and fact.text.startswith(fact.button.title) for fact in answer.fakten)


def test_a_checklist_reads_well_as_plain_text_with_its_source() -> None:
    told = plain_text(checklist(EVENT))
    assert told.startswith("Umzug: Diese Punkte stehen an.\n1. Wohnsitz ummelden – innerhalb von zwei Wochen\n2. Adresse")
    assert "(wenn Sie ein Auto haben)" in told
    assert "Quelle: Stadt: Umzug, Stand: 11/2026" in told


def test_an_overview_offers_the_event_that_the_service_begins_and_other_questions_do_not() -> None:
    offered = [button.title for button in about(served(FULL, OFFICE), "leistung_suchen", beside=Beside(event=EVENT)).buttons]
    assert offered[0] == "Alles zu: Umzug"
    assert "Alles zu: Umzug" not in [b.title for b in about(served(FULL, OFFICE), "frage_kosten", beside=Beside(event=EVENT)).buttons]


def test_the_city_is_not_responsible_comes_first_with_a_link() -> None:
    answer = about(served(FULL | {"zustaendig": "bund", "referat": "Zoll"}, OFFICE), "frage_kosten")
    assert answer.text.startswith("Dafür ist nicht die Stadt zuständig, sondern der Bund: Zoll.")
    assert OFFICE["url"] in [link.url for link in answer.links]


def test_an_answer_of_the_first_version_still_reads() -> None:
    assert Antwort.model_validate({"version": 1, "text": "Hallo", "fakten": [{"text": "x"}]}).offered() == []
