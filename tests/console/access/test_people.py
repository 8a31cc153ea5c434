"""People: added with a start password, changed, closed; the last admin stays."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.people import app as command
from console.access.trail import Asked
from core.errors import Conflict, LotseError
from tests.console.house import PASSWORD, House, both, sign_in

pytestmark = pytest.mark.console


@both
def test_a_start_password_is_shown_once_and_has_to_be_changed_first(house: House) -> None:
    admin = house.signed_in("chefin", "admin")
    added = admin.post("/verwaltung/personen", name=" ben ", rolle="pruefer")
    (start,) = re.findall(r"(?:[0-9a-z]{4}-){3}[0-9a-z]{4}", added.text)
    assert start not in admin.get("/verwaltung/personen").text
    assert "Startpasswort" in admin.get("/verwaltung/personen").text
    ben = house.browser()
    assert sign_in(ben, "ben", start).status_code == 303
    assert ben.get("/konsole/verwaltung/personen").headers["location"] == "/konsole/passwort"
    page = ben.get("/konsole/passwort").text
    csrf = re.findall(r'name="csrf" value="([^"]+)"', page)[0]
    form = {"csrf": csrf, "bisher": start, "neu": PASSWORD, "nochmal": PASSWORD}
    assert ben.post("/konsole/passwort", data=form).status_code == 303
    assert ben.get("/konsole/verwaltung/personen").status_code == 403
    assert start not in str(list(house.console.trail.rows(Asked())))


def test_names_and_roles_that_will_not_do_are_refused_and_stay_in_the_form(house: House) -> None:
    admin = house.signed_in("chefin", "admin")
    for name, rolle in (("a", "leser"), ("<b>x</b>", "leser"), ("=1+1", "leser"), ("b" * 81, "leser"), ("ben", "chef"), ("ben\0", "leser")):
        assert admin.post("/verwaltung/personen", name=name, rolle=rolle).status_code == 400, name
    admin.post("/verwaltung/personen", name="ben", rolle="leser")
    again = admin.post("/verwaltung/personen", name="Ben", rolle="leser")
    assert again.status_code == 409
    assert 'value="Ben"' in again.text


@both
def test_who_is_changed_or_closed_is_signed_out_everywhere(house: House) -> None:
    admin, ben = house.signed_in("chefin", "admin"), house.signed_in("ben", "leser")
    for path, fields in (("rolle", {"rolle": "trainer"}), ("sitzungen", {}), ("schliessen", {})):
        assert ben.get("/passwort").status_code == 200
        assert admin.post(f"/verwaltung/personen/{path}", name="ben", **fields).status_code == 303
        assert ben.get("/passwort").status_code == 303
        if path != "schliessen":
            assert sign_in(ben.client, "ben").status_code == 303
    assert sign_in(ben.client, "ben").status_code == 401
    back = admin.post("/verwaltung/personen/startpasswort", name="ben")
    (start,) = re.findall(r"(?:[0-9a-z]{4}-){3}[0-9a-z]{4}", back.text)
    assert sign_in(ben.client, "ben", start).status_code == 303
    assert admin.post("/verwaltung/personen/schliessen", name="niemand").status_code == 404


@both
def test_the_last_admin_can_be_neither_closed_nor_changed(house: House) -> None:
    admin = house.signed_in("chefin", "admin")
    for path, fields in (("schliessen", {}), ("rolle", {"rolle": "leser"})):
        refused = admin.post(f"/verwaltung/personen/{path}", name="chefin", **fields)
        assert refused.status_code == 409
        assert "letzte Person" in refused.text
    house.person("zweite", "admin")
    assert admin.post("/verwaltung/personen/rolle", name="zweite", rolle="admin").status_code == 303


@both
def test_two_admins_who_close_each_other_at_once_do_not_both_succeed(house: House) -> None:
    for name in ("eva", "uwe"):
        house.person(name, "admin")

    def close(pair: tuple[str, str]) -> bool:
        try:
            house.console.accounts.close(*pair)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(close, [("eva", "uwe"), ("uwe", "eva")])) == [False, True]


def test_the_command_makes_the_first_admin_and_there_is_no_default_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSE_HOME", str(tmp_path))
    monkeypatch.setenv("LOTSE_PIN_COST", "test")
    run = CliRunner()
    for password in ("", "\n", "kurz\n"):
        assert "zu kurz" in str(run.invoke(command, ["add", "chefin", "--rolle", "admin"], input=password).exception)
    assert "gibt es nicht" in str(run.invoke(command, ["add", "chefin", "--rolle", "könig"], input=f"{PASSWORD}\n").exception)
    assert run.invoke(command, ["add", "chefin", "--rolle", "admin"], input=f"{PASSWORD}\n").exit_code == 0
    assert run.invoke(command, ["add", "ben"], input=f"{PASSWORD}\n").exit_code == 0
    assert run.invoke(command, ["password", "ben"], input="etwas ganz anderes\n").exit_code == 0
    assert run.invoke(command, ["close", "ben"]).exit_code == 0
    listed = run.invoke(command, ["list"]).stdout
    assert listed == "chefin\tadmin\taktiv\t0 Sitzungen\nben\tleser\tgeschlossen\t0 Sitzungen\n"
    assert isinstance(run.invoke(command, ["close", "chefin"]).exception, LotseError)
    assert "Kette geprüft: in Ordnung. 4 Zeilen" in run.invoke(command, ["audit"]).stdout
