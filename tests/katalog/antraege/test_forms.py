"""Form files: what they may be made of, and that a broken one is named and does not stop the others."""

import copy
import json
import logging
import time
from pathlib import Path
from typing import Any

import pytest
from desk import FORM

from core.errors import RecordsRejected
from core.settings import PROJECT
from katalog.applications.form_files import FormFiles
from katalog.applications.forms import GRAMMAR, OWN, load, load_strictly, read
from katalog.own import own_leistungen


def changed(path: str, value: Any) -> dict[str, Any]:
    """The form with one thing put in: "properties/name/format"."""
    form = copy.deepcopy(FORM)
    place: Any = form
    *way, last = path.split("/")
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    place[last] = value
    return form


REFUSED = [
    ("unevaluatedProperties", False, "unevaluatedProperties"),
    ("$defs", {}, "defs"),
    ("type", "array", "$.type"),
    ("additionalProperties", True, "$.additionalProperties"),
    ("properties", {}, "$.properties"),
    ("properties/name/type", "object", "$.properties.name.type"),
    ("properties/name/$ref", "#/x", "$ref"),
    ("properties/name/format", "uri", "$.properties.name.format"),
    ("properties/anzahl/format", "date", "$.properties.anzahl.type"),
    ("properties/name/default", "x", "default"),
    ("properties/name/pattern", "(", "$.properties.name.pattern"),
    ("properties/name/minLength", -1, "$.properties.name.minLength"),
    ("properties/name/x-frueheste", 3, "$.properties.name"),
    ("properties/seit/x-spaeteste", "morgen", "x-spaeteste"),
    ("properties/art/oneOf", [{"const": "blind"}], "$.properties.art.oneOf[0]"),
    ("properties/farbe/enum", [], "$.properties.farbe.enum"),
    ("properties/name/title", "", "$.properties.name.title"),
    ("properties/ein leerzeichen", FORM["properties"]["name"], "ein leerzeichen"),
    ("required", ["gibtesnicht"], "gibtesnicht"),
    ("required", ["grad"], "grad"),
    ("allOf/0/else", {}, "else"),
    ("allOf/0/then", {"required": ["gibtesnicht"]}, "gibtesnicht"),
    ("allOf/0/if", {"properties": {"gibtesnicht": {"const": 1}}, "required": ["gibtesnicht"]}, "gibtesnicht"),
    ("allOf/0/if", {"properties": {"art": {"pattern": "x"}}, "required": ["art"]}, "pattern"),
    ("allOf/0/if", {"properties": {"art": {"const": "blind"}}}, "required"),
    ("x-unterlagen", {"Ausweis": {"type": "nichts"}}, "nichts"),
]


@pytest.mark.parametrize(("path", "value", "named"), REFUSED, ids=lambda value: str(value)[:40])
def test_every_other_construct_is_refused_with_file_and_place(tmp_path: Path, path: str, value: Any, named: str) -> None:
    file = tmp_path / "hund.json"
    file.write_text(json.dumps(changed(path, value)), "utf-8")
    with pytest.raises(RecordsRejected) as refused:
        read(file)
    assert all(where == "hund.json" for where, _ in refused.value.rejected)
    assert any(named in why for _, why in refused.value.rejected), refused.value.rejected


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000, b"{'a': 1}"])
def test_a_file_that_is_no_form_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "hund.json").write_bytes(content)
    with pytest.raises(RecordsRejected, match=r"hund\.json"):
        read(tmp_path / "hund.json")


def test_a_broken_file_is_named_in_the_log_and_the_others_are_offered(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for name, content in {"hund": json.dumps(FORM), "katze": "{", "kein name": json.dumps(FORM)}.items():
        (tmp_path / f"{name}.json").write_text(content, "utf-8")
    with caplog.at_level(logging.ERROR):
        assert list(load([tmp_path])) == ["hund"]
    assert "katze.json" in caplog.text
    assert "kein name.json" in caplog.text
    with pytest.raises(RecordsRejected):
        load_strictly([tmp_path])


def test_a_citys_own_file_goes_before_the_one_that_ships(tmp_path: Path) -> None:
    for folder, title in (("mit", "Mitgeliefert"), ("eigen", "Eigenes")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "hund.json").write_text(json.dumps(FORM | {"title": title}), "utf-8")
    assert load_strictly([tmp_path / "mit", tmp_path / "eigen", tmp_path / "fehlt"])["hund"]["title"] == "Eigenes"


def test_the_questions_stay_in_the_order_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "hund.json").write_text(json.dumps(FORM), "utf-8")
    assert list(read(tmp_path / "hund.json")["properties"]) == list(FORM["properties"])


def test_every_form_that_ships_is_whole_and_names_documents_of_its_service() -> None:
    services = {one.kennung: one for one in own_leistungen()}
    for kennung, form in load_strictly([OWN]).items():
        assert kennung in services, kennung
        assert set(form.get("x-unterlagen", {})) <= {one.name for one in services[kennung].unterlagen}, kennung


def test_files_are_looked_at_once_a_second_at_most(tmp_path: Path) -> None:
    forms = FormFiles([tmp_path], seconds=0.2)
    assert dict(forms) == {}
    (tmp_path / "hund.json").write_text(json.dumps(FORM), "utf-8")
    assert list(forms) == []
    time.sleep(0.25)
    assert list(forms) == ["hund"]
    assert forms["hund"] is forms["hund"]  # and not read again


def test_the_example_of_the_handbook_is_a_form(tmp_path: Path) -> None:
    example = (PROJECT / "docs" / "antraege.md").read_text("utf-8").split("```json\n")[1].split("```")[0]
    (tmp_path / "hundesteuer-anmelden.json").write_text(example, "utf-8")
    assert list(read(tmp_path / "hundesteuer-anmelden.json")["properties"]) == ["name", "plz", "seit", "befreiung", "ausweis"]


def test_the_handbook_names_every_construct() -> None:
    handbook = (PROJECT / "docs" / "antraege.md").read_text("utf-8")
    grammar = json.loads(GRAMMAR.read_text("utf-8"))
    for name in {*grammar["properties"], *grammar["$defs"]["question"]["properties"]}:
        assert f"`{name}`" in handbook or f'"{name}"' in handbook, name
