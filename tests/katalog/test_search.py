"""The search over the shipped catalogue."""

import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.catalogue import Leistung
from katalog.search import nothing
from katalog.search.fusion import FEATURES, NONE_FEATURES, Fusion
from katalog.search.index import Found, SearchIndex
from katalog.search.texts import texts_of
from language.encoder import CachedEncoder

CASES = [json.loads(line) for line in Path(__file__).with_name("suche.jsonl").read_text("utf-8").splitlines()]


def small(leistungen: Sequence[Leistung], encoder: CachedEncoder) -> SearchIndex:
    """An index beside few sentences that mean no service: built in no time."""
    return SearchIndex(leistungen, encoder, Fusion.load(), nothing.sentences()[:100])


def ids(found: Found) -> list[str]:
    return [one.id for one in found.treffer]


@pytest.mark.slow
def test_every_service_is_found_by_its_own_title(index: SearchIndex, shipped: list[Leistung]) -> None:
    assert len(shipped) == 220
    with ThreadPoolExecutor(2) as pool:
        found = [ids(one) for one in pool.map(index.search, (one.titel for one in shipped))]
    ranks = {one.kennung: hits.index(one.kennung) if one.kennung in hits else 99 for one, hits in zip(shipped, found, strict=True)}
    assert [key for key, rank in ranks.items() if rank > 2] == []
    later = [key for key, rank in ranks.items() if rank > 0]
    assert len(later) / len(shipped) <= 0.03, later


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["text"][:40]))
def test_a_message_finds_its_service_or_none(index: SearchIndex, case: dict[str, str | None]) -> None:
    found = index.search(case["text"] or "")
    assert (ids(found) or [None])[0] == case["leistung"]


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u00a0"])
def test_an_empty_message_finds_nothing(index: SearchIndex, text: str) -> None:
    found = index.search(text)
    assert (found.treffer, found.naechste, found.ohne_leistung) == ([], [], 1.0)


def test_probabilities_are_ordered_and_add_up_with_none_to_at_most_one(index: SearchIndex) -> None:
    for text in ("Hund anmelden", "Mein Auto ist verkauft", "asdf", "Wie wird das Wetter?"):
        found = index.search(text, limit=220)
        scores = [one.score for one in found.naechste]
        assert scores == sorted(scores, reverse=True)
        assert sum(scores) + found.ohne_leistung == pytest.approx(1, abs=0.02)
        assert found.treffer in ([], found.naechste)
        assert bool(found.treffer) == (found.ohne_leistung < 0.5)


def test_where_no_service_is_meant_the_nearest_ones_can_still_be_offered(index: SearchIndex) -> None:
    found = index.search("Wie wird morgen das Wetter?", limit=3)
    assert found.treffer == []
    assert len(found.naechste) == 3


@pytest.mark.parametrize("limit", [1, 3, 20])
def test_as_many_services_come_as_were_asked_for(index: SearchIndex, limit: int) -> None:
    assert len(index.search("Hund anmelden", limit).treffer) == limit


def test_a_hit_names_the_service_as_the_catalogue_does(index: SearchIndex) -> None:
    hit = index.search("Personalausweis beantragen").treffer[0]
    assert (hit.id, hit.schluessel, hit.titel) == ("personalausweis", "99008001012000", "Personalausweis beantragen")
    assert hit.kurz


@pytest.mark.parametrize("unit", ["Mein Hund ist gestorben. ", "x", "🙂", "a ", "Ä"])
def test_ten_thousand_characters_are_searched_in_time(index: SearchIndex, unit: str) -> None:
    text = unit * (10_000 // len(unit))
    begin = time.perf_counter()
    found = index.search(text)
    assert time.perf_counter() - begin < 1
    assert len(found.naechste) == 5


def test_a_message_is_found_in_a_few_milliseconds(index: SearchIndex) -> None:
    texts = [case["text"] for case in CASES[::2]]
    begin = time.perf_counter()
    for text in texts:
        index.search(text)
    assert (time.perf_counter() - begin) / len(texts) < 0.1


def test_searches_at_the_same_time_find_what_they_find_alone(index: SearchIndex) -> None:
    texts = [case["text"] for case in CASES[::3]]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(index.search, texts))
    assert [ids(found) for found in together] == [ids(index.search(text)) for text in texts]


def test_an_empty_catalogue_finds_nothing(encoder: CachedEncoder) -> None:
    found = SearchIndex.build([], encoder).search("Hund anmelden")
    assert (found.treffer, found.naechste, found.ohne_leistung) == ([], [], 1.0)


@pytest.mark.parametrize("titel", ["Hund anmelden", "Termin", "Antrag stellen", "🙂", "§", "زواج", "X"])
def test_a_catalogue_of_one_service_works_whatever_it_is_called(encoder: CachedEncoder, titel: str) -> None:
    only = small([Leistung(kennung="einzige", titel=titel)], encoder)
    assert [one.id for one in only.search(titel).naechste] == ["einzige"]
    assert only.search("").naechste == []


def test_the_only_service_of_a_catalogue_is_found_by_its_title(encoder: CachedEncoder) -> None:
    only = small([Leistung(kennung="hund", titel="Hund zur Hundesteuer anmelden")], encoder)
    assert ids(only.search("Hund zur Hundesteuer anmelden")) == ["hund"]
    assert ids(only.search("Vielen Dank!")) == []


def test_two_services_of_the_same_name_are_both_offered(encoder: CachedEncoder) -> None:
    twins = small([Leistung(kennung=key, titel="Hundesteuer") for key in ("a", "b")], encoder)
    assert sorted(one.id for one in twins.search("Hundesteuer").naechste) == ["a", "b"]


def test_searchable_are_names_questions_and_the_short_text_each_once() -> None:
    one = Leistung(kennung="a", titel="Hund", titel_en="Dog", synonyme=["Hund", "Welpe"], beispielfragen=["Frage?", "Frage?"], kurz="Kurz.")
    assert [(text.kind, text.text) for text in texts_of([one])] == [
        ("name", "Hund"),
        ("name", "Dog"),
        ("name", "Welpe"),
        ("frage", "Frage?"),
        ("kurz", "Kurz."),
    ]


def test_the_fitted_weights_belong_to_the_features() -> None:
    fusion = Fusion.load()
    assert fusion.service.shape == (len(FEATURES),)
    assert fusion.none.shape == (len(NONE_FEATURES),)
