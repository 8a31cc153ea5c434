"""Which question comes when: order, conditions, corrections."""

import json
from pathlib import Path
from typing import Any

import pytest

from actions.antrag.commands import command, named
from actions.antrag.form import Form
from actions.antrag.question import ask, ask_again
from core.catalogue import Auskunft
from core.settings import PROJECT
from katalog.applications.forms import OWN, load_strictly

FORM = Form({
    "title": "Hund", "type": "object", "additionalProperties": False,
    "properties": {
        "art": {"title": "Art", "description": "An oder ab?", "type": "string", "enum": ["an", "ab"]},
        "rasse": {"title": "Rasse", "description": "Welche Rasse?", "type": "string"},
        "andere": {"title": "Andere Rasse", "description": "Welche andere?", "type": "string"},
        "grund": {"title": "Grund", "description": "Warum?", "type": "string"},
        "mail": {"title": "E-Mail", "description": "Ihre E-Mail?", "type": "string", "format": "email"},
    },
    "required": ["art"],
    "allOf": [
        {"if": {"properties": {"art": {"const": "an"}}, "required": ["art"]}, "then": {"required": ["rasse"]}},
        {"if": {"properties": {"rasse": {"enum": ["andere"]}}, "required": ["rasse"]}, "then": {"required": ["andere"]}},
        {"if": {"properties": {"art": {"const": "ab"}}, "required": ["art"]}, "then": {"required": ["grund"]}},
    ],
})  # fmt: skip
SHIPPED = sorted(OWN.glob("*.json"))


def names(values: dict[str, Any]) -> list[str]:
    return [field.name for field in FORM.fields(values)]


def test_a_question_with_a_condition_is_asked_where_it_holds() -> None:
    assert names({}) == ["art", "mail"]
    assert names({"art": "an"}) == ["art", "rasse", "mail"]
    assert names({"art": "an", "rasse": "andere"}) == ["art", "rasse", "andere", "mail"]
    assert all(field.required for field in FORM.fields({"art": "ab"}) if field.name != "mail")


def test_what_no_longer_applies_is_dropped_and_opens_nothing() -> None:
    assert FORM.kept({"art": "ab", "rasse": "andere", "andere": "Dackel"}) == {"art": "ab"}
    assert names({"art": "ab", "rasse": "andere"}) == ["art", "grund", "mail"]


def test_the_next_question_goes_on_in_order_and_a_skipped_one_is_not_asked_again() -> None:
    assert getattr(FORM.after(None, {}), "name", None) == "art"
    assert getattr(FORM.after("art", {"art": "an"}), "name", None) == "rasse"
    assert FORM.after("mail", {"art": "an", "rasse": "x"}) is None
    assert getattr(FORM.after("mail", {"art": "an"}), "name", None) == "rasse"
    assert getattr(FORM.before(None, {}), "name", None) == "mail"
    assert FORM.before("art", {}) is None


def test_progress_counts_what_applies() -> None:
    assert FORM.place("mail", {"art": "ab"}) == (3, 3)


@pytest.mark.parametrize(
    ("text", "field", "meant"),
    [
        ("eins zurück", "rasse", "back"), ("überspringen", "rasse", "skip"), ("nein danke", "mail", "skip"), ("nein danke", "rasse", None),
        ("ich mache später weiter", "rasse", "pause"), ("abbrechen", "mail", "abort"), ("Zusammenfassung bitte", "rasse", "summary"),
        ("wie bitte?", "rasse", "repeat"), ("die Rasse war falsch", "mail", "change"), ("Pudel", "rasse", None), ("morgen", "mail", None),
        ("ich möchte die Rasse ändern", None, "change"), ("zurückziehen", "rasse", None),
    ],
)  # fmt: skip
def test_commands_are_told_from_answers(text: str, field: str | None, meant: str | None) -> None:
    values = {"art": "an"}
    assert command(text, FORM.field(field, values) if field else None) == meant


def test_a_field_is_named_by_its_title() -> None:
    fields = FORM.fields({"art": "an", "rasse": "andere"})
    assert [field.name for field in named("die E-Mail stimmt nicht", fields)] == ["mail"]
    assert [field.name for field in named("die Rasse war falsch", fields)] == ["rasse", "andere"]
    assert named("das war falsch", fields) == []


def test_all_forms_that_ship_belong_to_a_service_and_its_documents(services: list[Auskunft]) -> None:
    known = {one.kennung: {document.name for document in one.unterlagen} for one in services}
    for service, schema in load_strictly([OWN]).items():
        assert set(schema.get("x-unterlagen", {})) <= known[service], service


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_questions_of_a_form_are_short_and_formal(path: Path) -> None:
    for name, schema in json.loads(path.read_text("utf-8"))["properties"].items():
        assert len(schema["description"].split()) <= 15, name
        assert schema["description"].endswith("?"), name


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_question_of_a_form_can_be_asked_and_asked_again(path: Path) -> None:
    form = Form(json.loads(path.read_text("utf-8")))
    for field in form.fields({}):
        assert field.schema["description"] in ask(form, field, {}).text
        for tries in (1, 2, 3):
            assert field.schema["description"] in ask_again(form, field, {}, "pattern", tries).text


def test_the_folder_is_the_one_that_the_catalogue_reads() -> None:
    assert OWN == PROJECT / "data" / "antraege"
    assert len(SHIPPED) >= 8
