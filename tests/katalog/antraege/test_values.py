"""Values of a form: which fit, which count, what is missing, which documents they ask for."""

from datetime import date
from typing import Any

import pytest
from desk import FORM, RECORD, VALUES

from core.catalogue import Leistung
from katalog.applications.values import asked, counting, documents, faults, missing

TODAY = date(2026, 3, 10)
UNTERLAGEN = Leistung.model_validate(RECORD).unterlagen
GOOD = {
    "name": "Jo", "plz": "67655", "mail": "a@b.de", "anzahl": 9, "groesse": 0.75, "seit": "2026-03-10", "abholung": "2026-03-24",
    "tierheim": False, "art": "blind", "farbe": "braun", "grad": 20,
}  # fmt: skip
WRONG = [
    ("name", "J", "minLength"), ("name", "x" * 101, "maxLength"), ("name", 3, "type"), ("plz", "6765", "pattern"), ("plz", 67655, "type"),
    ("mail", "a@b", "format"), ("mail", "a b@c.de", "format"), ("mail", "@", "format"), ("anzahl", 0, "minimum"), ("anzahl", 10, "maximum"),
    ("anzahl", 1.5, "type"), ("anzahl", True, "type"), ("anzahl", "1", "type"), ("groesse", 2, "maximum"),
    ("seit", "10.03.2026", "format"), ("seit", "20260310", "format"), ("seit", "2026-W11-2", "format"), ("seit", "2026-02-30", "format"),
    ("seit", "2026-03-11", "x-spaeteste"), ("abholung", "2026-03-23", "x-frueheste"), ("tierheim", "ja", "type"), ("tierheim", 1, "type"),
    ("art", "katze", "oneOf"), ("farbe", "lila", "enum"), ("rasse", "Pudel", "additionalProperties"),
]  # fmt: skip


def test_values_that_fit_have_no_fault() -> None:
    assert faults(FORM, GOOD, TODAY) == []
    assert faults(FORM, {}, TODAY) == []


@pytest.mark.parametrize(("name", "value", "reason"), WRONG)
def test_a_value_that_does_not_fit_is_named_with_its_reason(name: str, value: Any, reason: str) -> None:
    assert faults(FORM, VALUES | {name: value}, TODAY) == [{"feld": name, "grund": reason}]


def test_every_wrong_value_is_named_once() -> None:
    assert faults(FORM, {"name": "", "plz": "x", "anzahl": 0}, TODAY) == [
        {"feld": "name", "grund": "minLength"}, {"feld": "plz", "grund": "pattern"}, {"feld": "anzahl", "grund": "minimum"},
    ]  # fmt: skip


def test_a_question_with_a_condition_is_asked_only_when_it_holds() -> None:
    assert "grad" not in asked(FORM, {})
    assert "grad" not in asked(FORM, {"art": "sonst"})
    assert "grad" in asked(FORM, {"art": "blind"})
    assert missing(FORM, {}) == [{"feld": name, "grund": "required"} for name in ("name", "anzahl", "art")]
    assert missing(FORM, VALUES) == []
    assert missing(FORM, VALUES | {"art": "blind"}) == [{"feld": "grad", "grund": "required"}]
    assert missing(FORM, VALUES | {"art": "blind", "grad": 80}) == [{"feld": "nachweis", "grund": "required"}]


def test_an_answer_to_a_question_that_is_no_longer_asked_does_not_count() -> None:
    told = VALUES | {"art": "blind", "grad": 80, "nachweis": "Mainz"}
    assert counting(FORM, told) == told
    assert counting(FORM, told | {"art": "sonst"}) == VALUES
    assert counting(FORM, told | {"grad": 30}) == VALUES | {"art": "blind", "grad": 30}


def test_the_documents_depend_on_the_values() -> None:
    vollmacht = "Vollmacht (wenn jemand Sie vertritt)"
    assert documents(FORM, UNTERLAGEN, VALUES) == ["Personalausweis", vollmacht]
    told = VALUES | {"tierheim": True, "art": "blind"}
    assert documents(FORM, UNTERLAGEN, told) == ["Personalausweis", "Bescheinigung des Tierheims", "Schwerbehindertenausweis", vollmacht]
    never = FORM | {"x-unterlagen": {"Personalausweis": False, "Foto des Hundes": True}}
    assert documents(never, UNTERLAGEN, {})[-1] == "Foto des Hundes"
    assert "Personalausweis" not in documents(never, UNTERLAGEN, {})
    assert documents(FORM, UNTERLAGEN, VALUES | {"tierheim": False}) == ["Personalausweis", vollmacht]
