"""Which facts answer which question."""

from pathlib import Path

import pytest
from records import OFFICE, empty, full, served
from ruamel.yaml import YAML

from actions.facts import FACTS
from core.intents import DOING_INTENTS, SERVICE_INTENTS

SENTENCES = YAML(typ="safe").load(Path(__file__).with_name("sprechende_saetze.yml"))
ASPECT = {"vertretung": "frage_vertretung", "termin": "termin_buchen"}
CASES = [
    (ASPECT[name], sentence, answer == "ja") for name, both in SENTENCES.items() for answer in ("ja", "nein") for sentence in both[answer]
]

TOLD = {
    "leistung_suchen": [],
    "frage_unterlagen": ["Plan", "Vollmacht – bei Vertretung (nicht immer nötig)"],
    "frage_kosten": ["46 € – bis 10 m²", "27,60 €", "kostenlos – für Frösche", "kein fester Betrag – nach Aufwand"],
    "frage_frist": ["vor dem ersten Spatenstich"],
    "frage_dauer": ["drei Wochen"],
    "frage_voraussetzungen": ["ein Garten"],
    "frage_ablauf": ["Plan zeichnen", "Antrag abgeben"],
    "frage_zustaendigkeit": ["Teichamt (Referat Wasser), Am Teich 1, 67655 Kaiserslautern"],
    "frage_oeffnungszeiten": ["Mo-Mi: 8-16 Uhr", "Do: 8-18 Uhr"],
    "frage_kontakt": [
        "Telefon: 0631 123",
        "E-Mail: teich@stadt.example",
        "Adresse: Am Teich 1, 67655 Kaiserslautern",
        "Internet: https://stadt.example/teichamt",
    ],
    "frage_online": ["https://stadt.example/antrag"],
    "frage_formular": ["https://stadt.example/antrag"],
    "frage_rechtsgrundlage": ["§ 1 TeichG"],
    "frage_vertretung": [
        "Vollmacht – bei Vertretung (nicht immer nötig)",
        "Sie legen einen Teich an. Den Termin vereinbaren Sie persönlich.",
    ],
    "antrag_starten": ["https://stadt.example/antrag"],
    "antrag_status": [
        "Telefon: 0631 123",
        "E-Mail: teich@stadt.example",
        "Adresse: Am Teich 1, 67655 Kaiserslautern",
        "Internet: https://stadt.example/teichamt",
    ],
    "termin_buchen": ["Sie legen einen Teich an. Den Termin vereinbaren Sie persönlich."],
}


def test_every_intent_about_a_service_has_its_facts() -> None:
    assert set(FACTS) == {*SERVICE_INTENTS, *DOING_INTENTS} == set(TOLD)


@pytest.mark.parametrize(("aspect", "told"), TOLD.items())
def test_a_filled_record_tells(aspect: str, told: list[str]) -> None:
    facts = FACTS[aspect](full())
    assert [fact.text for fact in facts] == told
    assert all(fact.quellen for fact in facts)


@pytest.mark.parametrize("aspect", FACTS)
def test_an_empty_record_tells_nothing(aspect: str) -> None:
    assert FACTS[aspect](empty()) == []


def test_documents_and_steps_are_told_apart_from_other_facts() -> None:
    assert {fact.art for fact in FACTS["frage_unterlagen"](full())} == {"unterlage"}
    assert {fact.art for fact in FACTS["frage_ablauf"](full())} == {"schritt"}
    assert {fact.art for fact in FACTS["frage_vertretung"](full())} == {"punkt"}


@pytest.mark.parametrize(("aspect", "sentence", "answers"), CASES, ids=[ascii(case[1][:40]) for case in CASES])
def test_a_sentence_answers_only_what_it_is_about(aspect: str, sentence: str, answers: bool) -> None:
    record = served({"kennung": "x", "titel": "X", "ablauf": [sentence]})
    assert [fact.text for fact in FACTS[aspect](record)] == ([sentence] if answers else [])


ONLINE = [("antrag", 3), ("formular", 3), ("termin", 2), ("info", 1)]


@pytest.mark.parametrize(("kind", "aspects"), ONLINE)
def test_what_is_online_answers_only_what_it_can_do(kind: str, aspects: int) -> None:
    record = served({"kennung": "x", "titel": "X", "online": {"url": "https://stadt.example/x", "typ": kind}})
    told = [aspect for aspect, facts in FACTS.items() if facts(record)]
    assert len(told) == aspects
    assert "frage_online" in told
    assert ("termin_buchen" in told) == (kind == "termin")


def test_without_an_office_the_department_is_responsible() -> None:
    record = served({"kennung": "x", "titel": "X", "kurz": "Kurz.", "referat": "Referat Wasser"})
    assert [fact.text for fact in FACTS["frage_zustaendigkeit"](record)] == ["Referat Wasser"]


def test_a_department_that_is_the_office_is_named_once() -> None:
    record = served({"kennung": "x", "titel": "X", "referat": "Teichamt"}, OFFICE)
    assert [fact.text for fact in FACTS["frage_zustaendigkeit"](record)] == ["Teichamt, Am Teich 1, 67655 Kaiserslautern"]


def test_an_office_of_which_only_the_name_is_known_tells_no_more() -> None:
    record = served({"kennung": "x", "titel": "X"}, {"id": "amt", "name": "Amt"})
    assert [fact.text for fact in FACTS["frage_zustaendigkeit"](record)] == ["Amt"]
    assert FACTS["frage_kontakt"](record) == FACTS["frage_oeffnungszeiten"](record) == []
