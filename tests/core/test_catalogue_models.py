"""Records of the catalogue: what they keep, what they refuse."""

from typing import Any

import pytest
from pydantic import ValidationError

from core.catalogue import FACT_FIELDS, Beispielfragen, Leistung, Stelle

BARE = {"kennung": "hund", "titel": "Hund anmelden"}
PAGE = {"url": "https://stadt.example/hund", "gesehen": "2026-02"}

REFUSED = [
    ("kennung", "hund anmelden"),
    ("kennung", ""),
    ("kennung", "-hund"),
    ("kennung", "h" * 81),
    ("kennung", 5),
    ("titel", "   "),
    ("titel", None),
    ("titel", ["Hund"]),
    ("schluessel", "9900800101200"),
    ("schluessel", 99008001012000),
    ("zustaendig", "kreis"),
    ("zustaendig", None),
    ("synonyme", "Hund"),
    ("synonyme", ["Hund", 5]),
    ("synonyme", [""]),
    ("unterlagen", ["Foto"]),
    ("unterlagen", [{"pflicht": True}]),
    ("gebuehren", {"betrag": 5}),
    ("gebuehren", [{"betrag": -1}]),
    ("gebuehren", [{"betrag": "viel"}]),
    ("gebuehren", [{"betrag": float("inf")}]),
    ("gebuehren", [{"betrag": 5, "waehrung": "USD"}]),
    ("gebuehren", [{"betrag": 5, "alter_von": 200}]),
    ("gebuehren", [{"betrag": 5, "quelle": 0}]),
    ("gebuehren", [{"betrag": 5, "weitere_quellen": [3]}]),
    ("feld_quellen", {"kurz": [0]}),
    ("feld_quellen", {"kurz": [-1]}),
    ("feld_quellen", ["kurz"]),
    ("online", {"url": "javascript:alert(1)", "typ": "antrag"}),
    ("online", {"url": "https://stadt.example", "typ": "spiel"}),
    ("quellen", [{"url": "stadt.example"}]),
    ("quellen", [{"url": "https://[stadt"}]),
    ("quellen", [{"url": "https:///ohne-rechner"}]),
    ("quellen", [{"url": "https://stadt.example/<b>"}]),
    ("quellen", [{"art": "gerücht"}]),
    ("stand", "gestern"),
    ("stand", "2026-13"),
    ("stand", "2026-02-30"),
    ("stand", "02/2026"),
    ("gueltig_bis", "2026-02"),
    ("gueltig_von", "2026-02-31"),
    ("reifegrad", 5),
    ("sicherheit", "vielleicht"),
    ("stelle", {"ref": "das Rathaus"}),
]


@pytest.mark.parametrize(("field", "value"), REFUSED)
def test_a_service_with_a_wrong_value_is_refused_and_the_field_is_named(field: str, value: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        Leistung.model_validate(BARE | {field: value})
    assert field in str(refused.value) or "verweist auf Quelle" in str(refused.value)


@pytest.mark.parametrize("missing", ["kennung", "titel"])
def test_id_and_title_are_needed(missing: str) -> None:
    with pytest.raises(ValidationError, match=missing):
        Leistung.model_validate({key: value for key, value in BARE.items() if key != missing})


@pytest.mark.parametrize("stand", ["2026", "2026-02", "2026-02-28", "2024-02-29"])
def test_a_stand_may_be_a_year_a_month_or_a_day(stand: str) -> None:
    assert Leistung.model_validate(BARE | {"stand": stand}).stand == stand


@pytest.mark.parametrize("unknown", ["unbekannt", "", None])
def test_an_unknown_stand_is_none(unknown: str | None) -> None:
    assert Leistung.model_validate(BARE | {"stand": unknown}).stand is None


def test_a_list_given_as_null_is_an_empty_one() -> None:
    lists = ("synonyme", "beispielfragen", "voraussetzungen", "unterlagen", "fristen", "ablauf", "rechtsgrundlagen", "quellen",
             "belegt_felder", "hinweise")  # fmt: skip
    service = Leistung.model_validate(BARE | dict.fromkeys((*lists, "stelle", "feld_quellen")))
    assert service == Leistung.model_validate(BARE)
    office = Stelle.model_validate({"id": "amt", "name": "Amt", "quellen": None, "hinweise": None, "oeffnungszeiten": None})
    assert (office.quellen, office.hinweise, office.oeffnungszeiten) == ([], [], None)
    fee = Leistung.model_validate(BARE | {"gebuehren": [{"betrag": 5, "weitere_quellen": None}]}).gebuehren
    assert fee
    assert fee[0].weitere_quellen == []


def test_no_fee_known_and_no_fee_charged_are_two_things() -> None:
    assert Leistung.model_validate(BARE).gebuehren is None
    assert Leistung.model_validate(BARE | {"gebuehren": None}).gebuehren is None
    assert Leistung.model_validate(BARE | {"gebuehren": []}).gebuehren == []


def test_unknown_fields_are_kept_at_every_depth() -> None:
    record = BARE | {
        "xzufi_id": {"scheme": "L100042", "werte": [1, None]},
        "stelle": {"ref": "amt", "raum": "1.23"}, "quellen": [PAGE | {"sprache": "de"}],
        "gebuehren": [{"betrag": 5, "konto": "x"}], "unterlagen": [{"name": "Foto", "format": "35x45"}],
        "online": {"url": "https://stadt.example", "typ": "antrag", "dienst": "OZG"},
    }  # fmt: skip
    kept = Leistung.model_validate(record).model_dump(mode="json")
    assert kept["xzufi_id"] == record["xzufi_id"]
    assert kept["stelle"]["raum"] == "1.23"
    assert kept["quellen"][0]["sprache"] == "de"
    assert kept["gebuehren"][0]["konto"] == "x"
    assert kept["unterlagen"][0]["format"] == "35x45"
    assert kept["online"]["dienst"] == "OZG"
    assert Leistung.model_validate(kept).model_dump(mode="json") == kept


def test_example_questions_belong_to_one_service_and_are_texts() -> None:
    assert Beispielfragen.model_validate({"kennung": "hund", "beispielfragen": ["  Mein Hund  "]}).beispielfragen == ["Mein Hund"]
    for wrong in (None, "Mein Hund", [5], [""]):
        with pytest.raises(ValidationError):
            Beispielfragen.model_validate({"kennung": "hund", "beispielfragen": wrong})


def test_facts_are_fields_of_the_service() -> None:
    assert set(FACT_FIELDS) <= set(Leistung.model_fields)
