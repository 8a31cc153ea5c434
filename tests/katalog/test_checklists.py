"""Checklists of life events: imported, served, and found by who asks for the whole event."""

import json
from typing import Any

import pytest
from running_catalogue import Catalogue, lines

from core.settings import PROJECT
from katalog.own import own_leistungen

CASES = [json.loads(line) for line in (PROJECT / "tests" / "nlu" / "lebenslagen.jsonl").read_text("utf-8").splitlines()]
# Reached when the data was written: 93 % and 2.5 %.
FOUND, MISTAKEN = 0.85, 0.06


def asked(catalogue: Catalogue, text: str, **more: Any) -> dict[str, Any]:
    result: dict[str, Any] = catalogue.get("/katalog/v1/suche", params={"q": text, "voll": True} | more).json()
    return result


def test_the_shipped_checklists_name_services_of_the_catalogue(kaiserslautern: Catalogue) -> None:
    served = kaiserslautern.get("/katalog/v1/checklisten").json()["checklisten"]
    wanted = {"umzug", "geburt", "todesfall", "hochzeit", "firmengruendung", "erstes-auto", "neuer-hund", "zuzug-ausland"}
    assert wanted <= {one["id"] for one in served}
    titles = {one.kennung: one.titel for one in own_leistungen()}
    for one in served:
        assert len(one["schritte"]) >= 3
        assert all(step["titel"] == titles[step["leistung"]] for step in one["schritte"])


def test_what_a_step_says_of_time_has_its_source(kaiserslautern: Catalogue) -> None:
    steps = [step for one in kaiserslautern.get("/katalog/v1/checklisten").json()["checklisten"] for step in one["schritte"]]
    assert all(bool(step["herkunft"]) == bool(step["wann"]) for step in steps)


@pytest.mark.slow
def test_who_asks_for_the_whole_event_gets_its_checklist_and_who_asks_for_one_thing_does_not(kaiserslautern: Catalogue) -> None:
    found = [(case["lebenslage"], (asked(kaiserslautern, case["text"])["checkliste"] or {}).get("id")) for case in CASES]
    whole = [given == wanted for wanted, given in found if wanted]
    others = [given is not None for wanted, given in found if not wanted]
    assert sum(whole) / len(whole) >= FOUND
    assert sum(others) / len(others) <= MISTAKEN


def test_a_checklist_is_opened_by_its_id(kaiserslautern: Catalogue) -> None:
    assert asked(kaiserslautern, "", checkliste="geburt")["checkliste"]["titel"] == "Geburt eines Kindes"
    assert asked(kaiserslautern, "", checkliste="gibt-es-nicht")["checkliste"] is None


def test_a_service_that_begins_an_event_leads_to_its_checklist(kaiserslautern: Catalogue) -> None:
    titles = {one.kennung: one.titel for one in own_leistungen()}
    assert asked(kaiserslautern, titles["wohnsitz-ummelden"])["verwandt"]["id"] == "umzug"
    assert asked(kaiserslautern, titles["hundesteuer-anmelden"])["verwandt"]["id"] == "neuer-hund"
    assert asked(kaiserslautern, titles["fischereischein"])["verwandt"] is None
    # A step of "Neuer Hund", but nobody who asks for it has a dog in mind.
    assert asked(kaiserslautern, titles["fuehrungszeugnis"])["verwandt"] is None


STEP = {"leistung": "teich", "wann": "vor dem Winter", "falls": "wenn Sie Fische haben"}
LIST = {"id": "garten", "titel": "Neuer Garten", "einleitung": "Das steht an.", "schritte": [STEP, {"leistung": "gibt-es-nicht"}]}


def test_an_imported_checklist_is_served_without_steps_that_the_catalogue_does_not_have(musterstadt: Catalogue) -> None:
    given = musterstadt.give({"a.jsonl": lines({"kennung": "teich", "titel": "Teich anlegen"}, LIST)}, "garten")
    assert given.status_code == 200, given.text
    (served,) = [one for one in musterstadt.get("/katalog/v1/checklisten").json()["checklisten"] if one["id"] == "garten"]
    assert [step["titel"] for step in served["schritte"]] == ["Teich anlegen"]


@pytest.mark.parametrize("wrong", [{"schritte": []}, {"titel": ""}, {"schritte": [{"wann": "bald"}]}])
def test_a_checklist_that_does_not_fit_is_rejected_with_the_reason(musterstadt: Catalogue, wrong: dict[str, Any]) -> None:
    given = musterstadt.give({"a.jsonl": lines(LIST | wrong)}, "garten")
    assert given.status_code == 422
    assert next(iter(wrong)) in given.text
