"""Signing in and out over HTTP, on a real database."""

from datetime import timedelta

import pytest

from console.guard import COOKIE
from tests.console.house import PASSWORD, House, both, sign_in

pytestmark = pytest.mark.console
LOCKED = "zu viele falsche Versuche"


@both
def test_a_person_signs_in_and_out(house: House) -> None:
    house.person("anna")
    assert sign_in(house.client, "anna", "falsch").status_code == 401
    answer = sign_in(house.client, " anna ")
    assert (answer.status_code, answer.headers["location"]) == (303, "/konsole/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/konsole" in cookie
    assert "Secure" not in cookie  # http on this machine only
    assert house.client.post("/konsole/abmelden").status_code == 403
    who = house.console.sessions.person(house.client.cookies[COOKIE])
    assert who
    kept = house.client.cookies[COOKIE]
    left = house.client.post("/konsole/abmelden", data={"csrf": who.csrf})
    assert left.headers["location"].startswith("/konsole/anmelden")
    assert house.console.sessions.person(kept) is None
    assert house.client.get("/konsole/passwort").status_code == 303


@both
def test_five_wrong_tries_lock_a_name_whether_or_not_it_exists(house: House) -> None:
    house.person("anna")
    told = {}
    for name in ("anna", "niemand"):
        for number in range(5):
            assert sign_in(house.browser(f"198.51.100.{number}"), name, "falsch").status_code == 401
        answer = sign_in(house.browser("198.51.100.9"), name)
        assert (answer.status_code, LOCKED in answer.text) == (429, True)
        told[name] = answer.text
    assert told["anna"] == told["niemand"]
    house.later = timedelta(minutes=15, seconds=1)
    assert sign_in(house.browser(), "anna").status_code == 303


def test_five_wrong_tries_lock_an_address_and_ipv6_counts_by_its_connection(house: House) -> None:
    house.person("anna")
    for number in range(5):
        sign_in(house.browser(f"2001:db8:1:2::{number}"), f"name{number}", "falsch")
    assert sign_in(house.browser("2001:db8:1:2::ffff"), "anna").status_code == 429
    assert sign_in(house.browser("2001:db8:1:3::1"), "anna").status_code == 303


def test_a_right_password_forgives_the_name_and_not_the_address(house: House) -> None:
    house.person("anna")
    for _ in range(2):
        for _ in range(2):
            sign_in(house.browser(), "anna", "falsch")
        assert sign_in(house.browser(), "anna").status_code == 303
    assert sign_in(house.browser(), "anna", "falsch").status_code == 401
    assert sign_in(house.browser(), "anna").status_code == 429


def test_who_tries_at_many_browsers_at_once_has_five_tries_too(house: House) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(12) as pool:
        codes = list(pool.map(lambda number: sign_in(house.browser(f"203.0.113.{number}"), "anna", "falsch").status_code, range(12)))
    assert sorted(codes) == [401] * 5 + [429] * 7


@pytest.mark.parametrize(
    ("minutes", "steps", "lives"), [(29, 1, True), (31, 1, False), (29, 20, True), (29, 21, False)], ids=["29", "31", "9h40", "10h09"]
)
def test_a_session_ends_after_half_an_hour_without_use_and_after_ten_hours(house: House, minutes: int, steps: int, lives: bool) -> None:
    staff = house.signed_in("anna")
    for _ in range(steps):
        house.later += timedelta(minutes=minutes)
        answer = staff.get("/passwort")
    assert (answer.status_code == 200) is lives


def test_who_was_signed_out_comes_back_to_the_page_with_its_filter(house: House) -> None:
    house.person("chefin", "admin")
    asked = house.client.get("/konsole/verwaltung/protokoll?wer=anna&bis=2026-11-29")
    assert asked.status_code == 303
    form = house.client.get(asked.headers["location"])
    assert 'value="/konsole/verwaltung/protokoll?wer=anna&amp;bis=2026-11-29"' in form.text
    back = sign_in(house.client, "chefin", back="/konsole/verwaltung/protokoll?wer=anna&bis=2026-11-29")
    assert back.headers["location"] == "/konsole/verwaltung/protokoll?wer=anna&bis=2026-11-29"


def test_a_changed_password_ends_all_sessions_but_the_browser_that_changed_it(house: House) -> None:
    here, elsewhere = house.signed_in("anna"), house.browser()
    sign_in(elsewhere, "anna")
    fresh = "ganz anderer langer Satz"
    for bisher, neu, nochmal, told in (
        ("falsch", fresh, fresh, "bisherige Passwort stimmt nicht"),
        (PASSWORD, fresh, fresh + "x", "nicht gleich"),
        (PASSWORD, "zu kurz", "zu kurz", "mindestens 12"),
        (PASSWORD, "anna12345678", "anna12345678", "zu leicht"),
        (PASSWORD, PASSWORD, PASSWORD, "bisherige"),
    ):
        refused = here.post("/passwort", bisher=bisher, neu=neu, nochmal=nochmal)
        assert refused.status_code == 400
        assert told in refused.text
    assert here.post("/passwort", bisher=PASSWORD, neu=fresh, nochmal=fresh).status_code == 303
    assert here.get("/passwort").status_code == 200
    assert elsewhere.get("/konsole/passwort").status_code == 303
    assert sign_in(house.browser("192.0.2.1"), "anna").status_code == 401
    assert sign_in(house.browser("192.0.2.1"), "anna", fresh).status_code == 303


def test_what_happens_at_the_door_is_in_the_trail(house: House) -> None:
    house.person("anna")
    for _ in range(5):
        sign_in(house.client, "mein-passwort-im-falschen-feld", "falsch")
    staff = house.browser("192.0.2.2")
    sign_in(staff, "anna", "falsch")
    sign_in(staff, "anna")
    staff.get("/konsole/verwaltung/personen")
    staff.post("/konsole/abmelden", data={"csrf": "erfunden"})
    who = house.console.sessions.person(staff.cookies[COOKIE])
    assert who
    staff.post("/konsole/abmelden", data={"csrf": who.csrf})
    from console.access.trail import Asked

    rows = list(house.console.trail.rows(Asked()))
    assert [(row.wer, row.was) for row in rows] == [
        ("test", "person_angelegt"), *[("unbekannt", "anmeldung_falsch")] * 4, ("unbekannt", "anmeldung_gesperrt"),
        ("anna", "anmeldung_falsch"), ("anna", "angemeldet"), ("anna", "zugriff_verweigert"), ("anna", "formular_abgelehnt"),
        ("anna", "abgemeldet"),
    ]  # fmt: skip
    assert "falschen-feld" not in str(rows)
