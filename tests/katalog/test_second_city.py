"""Another city's catalogue works as it comes: no example questions, no training, other services."""

import json
import time
from pathlib import Path

import pytest

from core.catalogue import Leistung
from katalog.own import own_leistungen
from katalog.provenance import auskunft
from katalog.search.index import SearchIndex
from language.encoder import CachedEncoder

QUESTIONS = [json.loads(line) for line in Path(__file__).with_name("zweite_stadt_fragen.jsonl").read_text("utf-8").splitlines()]
NEW = Leistung(
    kennung="drohne", titel="Drohnenflug über dem Stadtpark erlauben", synonyme=["Drohne steigen lassen", "Quadrocopter"],
    kurz="Drohnen dürfen über dem Stadtpark nur mit Erlaubnis fliegen.",
)  # fmt: skip


@pytest.fixture(scope="module")
def musterstadt(second_city: list[Leistung], encoder: CachedEncoder) -> SearchIndex:
    return SearchIndex.build(second_city, encoder)


def test_the_city_is_new_to_us(second_city: list[Leistung]) -> None:
    assert len(second_city) == 15
    assert not any(one.beispielfragen for one in second_city)
    shipped = {title.lower() for one in own_leistungen() for title in (one.titel, *one.synonyme)}
    assert sum(one.titel.lower() not in shipped for one in second_city) >= 10
    ours = {question.lower() for one in own_leistungen() for question in one.beispielfragen}
    assert not any(question["text"].lower() in ours for question in QUESTIONS)


def test_everyday_questions_find_the_right_service_among_three(musterstadt: SearchIndex) -> None:
    assert len(QUESTIONS) == 30
    missed = [
        (question["text"], [one.id for one in musterstadt.search(question["text"], 3).treffer])
        for question in QUESTIONS
        if question["leistung"] not in [one.id for one in musterstadt.search(question["text"], 3).treffer]
    ]
    assert 1 - len(missed) / len(QUESTIONS) >= 0.6, missed


def test_every_service_is_found_by_its_title(musterstadt: SearchIndex, second_city: list[Leistung]) -> None:
    assert [one.kennung for one in second_city if [hit.id for hit in musterstadt.search(one.titel).treffer][:1] != [one.kennung]] == []


@pytest.mark.parametrize("text", ["Hallo!", "und was kostet das?", "Vielen Dank", "Wie wird das Wetter?", "ja"])
def test_talk_means_no_service_here_either(musterstadt: SearchIndex, text: str) -> None:
    assert musterstadt.search(text).treffer == []


def test_services_without_fees_offices_or_sources_can_be_told(second_city: list[Leistung]) -> None:
    for one in second_city:
        told = auskunft(one, None)
        assert told.stelle_auskunft is None
        assert all(sources[0].art == "allgemein" for sources in told.herkunft.values())
    assert sum(one.gebuehren is None for one in second_city) == 13


def test_a_new_service_is_found_at_once_without_training(second_city: list[Leistung], encoder: CachedEncoder) -> None:
    begin = time.perf_counter()
    index = SearchIndex.build([*second_city, NEW], encoder)
    assert time.perf_counter() - begin < 5
    for text in (NEW.titel, "Darf ich im Park meine Drohne fliegen lassen?", "quadrokopter"):
        assert index.search(text).naechste[0].id == "drohne"
    assert index.search("Darf ich im Park meine Drohne fliegen lassen?").treffer
