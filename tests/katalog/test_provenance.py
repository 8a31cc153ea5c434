"""Where each fact comes from: nothing is served without a source."""

from typing import Any

import pytest
from running_catalogue import shipped_services

from core.catalogue import FACT_FIELDS, Auskunft, Herkunft, Leistung, Stelle
from katalog.provenance import auskunft, general_knowledge, stelle_auskunft

CITY = {"url": "https://www.stadt.example/hund", "gesehen": "2026-02-01", "titel": "Stadt: Hund", "art": "stadt"}
PRESS = {"url": "https://www.zeitung.example/artikel", "gesehen": None, "art": "presse"}
LAW = {"url": None, "gesehen": None, "titel": "§ 1 PAuswGebV", "art": "recht"}


def served(**fields: Any) -> Auskunft:
    record = {"kennung": "hund", "titel": "Hund anmelden", "quellen": [CITY, PRESS, LAW], "stand": "2025-06"}
    return auskunft(Leistung.model_validate(record | fields), None)


def test_each_field_names_the_sources_it_was_read_in_in_their_order() -> None:
    one = served(kurz="Kurz.", ablauf=["Gehen"], feld_quellen={"kurz": [0], "ablauf": [1, 0]})
    city = Herkunft(titel="Stadt: Hund", url=CITY["url"], stand="2026-02-01", art="belegt")
    press = Herkunft(titel="zeitung.example", url=PRESS["url"], stand="2025-06", art="belegt")
    assert one.herkunft == {"kurz": [city], "ablauf": [press, city]}


@pytest.mark.parametrize("sources", [{}, {"kurz": []}, {"ablauf": [0]}])
def test_a_field_read_in_no_source_is_general_knowledge_without_stand(sources: dict[str, list[int]]) -> None:
    one = served(kurz="Kurz.", feld_quellen=sources)
    assert one.herkunft["kurz"] == [general_knowledge()]
    assert (general_knowledge().art, general_knowledge().stand, general_knowledge().url) == ("allgemein", None, None)
    assert general_knowledge().titel


def test_a_field_that_holds_nothing_has_no_source() -> None:
    assert served(feld_quellen={"kurz": [0], "gebuehren": [0]}, gebuehren=[]).herkunft == {}


def test_a_source_without_title_is_named_by_its_site_and_without_both_by_a_word() -> None:
    one = served(kurz="Kurz.", quellen=[{"url": "https://www.rheinpfalz.de/x"}, {}], feld_quellen={"kurz": [0, 1]}, stand=None)
    assert [source.titel for source in one.herkunft["kurz"]] == ["rheinpfalz.de", "Veröffentlichung"]
    assert [source.stand for source in one.herkunft["kurz"]] == [None, None]


def test_a_fee_has_its_own_source_and_its_own_stand() -> None:
    one = served(gebuehren=[{"betrag": 46, "quelle": 0, "stand": "2026-05"}, {"betrag": 6, "quelle": 1}])
    assert one.gebuehren
    assert one.gebuehren[0].herkunft == Herkunft(titel="Stadt: Hund", url=CITY["url"], stand="2026-05", art="belegt")
    # Without a day of its own nobody knows when the amount was right; the page's day is not the fee's.
    assert one.gebuehren[1].herkunft.stand is None


def test_a_law_that_was_named_but_not_read_comes_with_the_pages_where_the_amount_stood() -> None:
    fee = (served(gebuehren=[{"betrag": 46, "quelle": 2, "stand": "2026-02", "weitere_quellen": [0, 1]}]).gebuehren or [])[0]
    assert (fee.herkunft.titel, fee.herkunft.url, fee.herkunft.stand, fee.herkunft.art) == ("§ 1 PAuswGebV", None, "2026-02", "belegt")
    assert [(page.url, page.stand) for page in fee.gelesen_in] == [(CITY["url"], "2026-02-01"), (PRESS["url"], None)]


def test_a_fee_without_source_is_general_knowledge() -> None:
    fee = (served(gebuehren=[{"betrag": 46, "stand": "2026-02"}]).gebuehren or [])[0]
    assert fee.herkunft == general_knowledge()
    assert fee.gelesen_in == []


def test_no_fees_known_stay_unknown() -> None:
    assert served().gebuehren is None
    assert served(gebuehren=[]).gebuehren == []


def test_unknown_fields_are_served_and_never_stand_in_for_ours() -> None:
    one = served(
        xzufi=7, herkunft="Datenbank", stelle_auskunft="Zimmer 5", kurz="Kurz.", gebuehren=[{"betrag": 1, "herkunft": "x", "gelesen_in": 3}]
    )
    assert one.model_dump()["xzufi"] == 7
    assert one.herkunft == {"kurz": [general_knowledge()], "gebuehren": [general_knowledge()]}
    assert one.stelle_auskunft is None
    assert one.gebuehren
    assert one.gebuehren[0].herkunft == general_knowledge()
    office = stelle_auskunft(Stelle.model_validate({"id": "amt", "name": "Amt", "herkunft": "x", "etage": 2}))
    assert office.herkunft == [general_knowledge()]
    assert office.model_dump()["etage"] == 2


def test_an_office_says_when_it_was_last_seen() -> None:
    read = Stelle.model_validate({"id": "amt", "name": "Amt", "quellen": [CITY, PRESS], "stand": "2026-03"})
    assert [source.stand for source in stelle_auskunft(read).herkunft] == ["2026-03", "2026-03"]
    assert [source.stand for source in stelle_auskunft(read.model_copy(update={"stand": None})).herkunft] == ["2026-02-01", None]


def test_a_service_comes_with_its_office() -> None:
    office = Stelle(id="amt", name="Amt")
    one = auskunft(Leistung(kennung="hund", titel="Hund"), office)
    assert one.stelle_auskunft == stelle_auskunft(office)


@pytest.mark.parametrize("leistung", shipped_services(), ids=lambda leistung: leistung.kennung)
def test_every_fact_of_every_shipped_service_has_a_source(leistung: Leistung) -> None:
    one = auskunft(leistung, None)
    assert set(one.herkunft) == {field for field in FACT_FIELDS if getattr(leistung, field)}
    for field, sources in one.herkunft.items():
        assert sources
        read = leistung.feld_quellen.get(field, [])
        assert [source.url for source in sources] == ([leistung.quellen[i].url for i in read] or [None])
        for source in sources:
            assert source.titel
            assert source.art == ("belegt" if read else "allgemein")
            assert read or source.stand is None
    for fee, recorded in zip(one.gebuehren or [], leistung.gebuehren or [], strict=True):
        assert fee.herkunft.titel
        assert fee.herkunft.stand == recorded.stand
        assert recorded.quelle is not None
        assert fee.herkunft.url == leistung.quellen[recorded.quelle].url
        assert len(fee.gelesen_in) == len(recorded.weitere_quellen)
        # An amount is always read somewhere: in its source, or, where that is a law, on a page.
        assert fee.herkunft.url or any(page.url for page in fee.gelesen_in)
