"""Another city's catalogue works as it comes: no example questions, no training, other services."""

import json
from pathlib import Path

import pytest
from running_catalogue import Catalogue

from core.catalogue import Leistung
from katalog.provenance import auskunft
from katalog.search.index import SearchIndex

QUESTIONS = [json.loads(line) for line in Path(__file__).with_name("zweite_stadt_fragen.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture
def second_index(musterstadt: Catalogue) -> SearchIndex:
    return musterstadt.at_first.index


def test_the_city_is_new_to_us(second_city: list[Leistung], shipped: list[Leistung]) -> None:
    assert len(second_city) == 15
    assert not any(one.beispielfragen for one in second_city)
    known = {title.lower() for one in shipped for title in (one.titel, *one.synonyme)}
    assert sum(one.titel.lower() not in known for one in second_city) >= 10
    ours = {question.lower() for one in shipped for question in one.beispielfragen}
    assert not any(question["text"].lower() in ours for question in QUESTIONS)


def test_everyday_questions_have_the_right_service_nearest(second_index: SearchIndex) -> None:
    nearest = [second_index.search(question["text"]).naechste[0].id for question in QUESTIONS]
    assert len(QUESTIONS) == 30
    assert sum(found == question["leistung"] for found, question in zip(nearest, QUESTIONS, strict=True)) >= 24


def test_everyday_questions_find_the_right_service_among_three(second_index: SearchIndex) -> None:
    missed = []
    for question in QUESTIONS:
        found = second_index.search(question["text"], 3)
        if question["leistung"] not in [one.id for one in found.treffer]:
            missed.append((question["text"], f"keine Leistung: {found.ohne_leistung:.2f}"))
    assert len(missed) / len(QUESTIONS) <= 0.4, missed


def test_every_service_is_found_by_its_title(second_index: SearchIndex, second_city: list[Leistung]) -> None:
    assert [one.kennung for one in second_city if [hit.id for hit in second_index.search(one.titel).treffer][:1] != [one.kennung]] == []


@pytest.mark.parametrize("text", ["Hallo!", "und was kostet das?", "Vielen Dank", "Wie wird das Wetter?", "ja"])
def test_talk_means_no_service_here_either(second_index: SearchIndex, text: str) -> None:
    assert second_index.search(text).treffer == []


def test_services_without_fees_offices_or_sources_can_be_told(second_city: list[Leistung]) -> None:
    for one in second_city:
        told = auskunft(one, None)
        assert told.stelle_auskunft is None
        assert all(sources[0].art == "allgemein" for sources in told.herkunft.values())
    assert sum(one.gebuehren is None for one in second_city) == 13
