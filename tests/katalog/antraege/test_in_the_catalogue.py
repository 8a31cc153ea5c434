"""Applications as a part of the catalogue: which services can be applied for here, and who may know."""

import json
from pathlib import Path

from desk import FORM, RECORD
from running_catalogue import TOKEN, Catalogue, lines, started

from katalog.applications.forms import OWN, load_strictly

V1, HEADERS = "/katalog/v1", {"Authorization": f"Bearer {TOKEN}"}


def test_a_file_beside_the_service_is_all_that_a_new_application_needs(tmp_path: Path) -> None:
    (tmp_path / "antraege").mkdir()
    (tmp_path / "antraege" / "hund.json").write_text(json.dumps(FORM), "utf-8")
    (tmp_path / "antraege" / "katze.json").write_text("{", "utf-8")  # broken: the catalogue starts all the same
    with started(tmp_path, {"a.jsonl": lines(RECORD | {"kennung": "katze"})}) as catalogue:
        assert catalogue.get("/antraege/v1/formulare", headers=HEADERS).json() == []
        before = catalogue.get(f"{V1}/leistungen").headers["etag"]
        catalogue.give({"b.jsonl": lines(RECORD)})
        assert catalogue.get("/antraege/v1/formulare", headers=HEADERS).json() == ["hund"]
        told = {kennung: catalogue.get(f"{V1}/leistungen/{kennung}").json()["antrag"] for kennung in ("hund", "katze")}
        assert told == {"hund": True, "katze": False}
        found = catalogue.get(f"{V1}/suche", params={"q": "Hund", "voll": "true", "leistung": "hund"}).json()
        assert found["kontext"]["antrag"] is True
        assert catalogue.get(f"{V1}/leistungen").headers["etag"] != before


def test_a_file_that_comes_goes_or_changes_counts_without_a_restart(tmp_path: Path) -> None:
    folder = tmp_path / "antraege"
    with started(tmp_path, {"a.jsonl": lines(RECORD)}) as catalogue:
        catalogue.service.forms._seconds = 0

        def told() -> tuple[bool, str, int]:
            one = catalogue.get(f"{V1}/leistungen/hund")
            return one.json()["antrag"], one.headers["etag"], catalogue.get("/antraege/v1/formulare/hund", headers=HEADERS).status_code

        none = told()
        assert (none[0], none[2]) == (False, 404)
        folder.mkdir()
        (folder / "hund.json").write_text(json.dumps(FORM), "utf-8")
        offered = told()
        assert (offered[0], offered[2]) == (True, 200)
        assert offered[1] != none[1]
        (folder / "hund.json").write_text(json.dumps(FORM | {"title": "Anders"}), "utf-8")
        assert catalogue.get("/antraege/v1/formulare/hund", headers=HEADERS).json()["titel"] == "Anders"
        (folder / "hund.json").write_text("{", "utf-8")
        assert told() == none
        (folder / "hund.json").unlink()
        assert told() == none


def test_every_form_that_ships_is_offered(kaiserslautern: Catalogue) -> None:
    shipped = sorted(load_strictly([OWN]))
    assert kaiserslautern.get("/antraege/v1/formulare", headers=HEADERS).json() == shipped
    assert sorted(one.kennung for one in kaiserslautern.service.snapshot.leistungen.values() if one.antrag) == shipped


def test_nobody_hears_of_applications_without_the_token(kaiserslautern: Catalogue) -> None:
    assert kaiserslautern.get("/antraege/v1/formulare").status_code == 401
    assert "antraege" not in kaiserslautern.get(f"{V1}/openapi.json").text
