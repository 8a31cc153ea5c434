"""Attacks on the console, each by its name; what an attacker wanted to reach is looked at, not only the status."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from console.access.trail import Asked
from console.fence import MOST_BYTES
from console.guard import COOKIE
from tests.console.house import PASSWORD, House, Staff, sign_in

pytestmark = pytest.mark.console
Attack = Callable[[House, Staff], None]
ATTACKS: dict[str, Attack] = {}
SCRIPT = "<script>alert(1)</script>"
CLOSE = "/konsole/verwaltung/personen/schliessen"


def attack(name: str) -> Callable[[Attack], Attack]:
    """Names an attack. Each finds the admin „chefin“ signed in, and „opfer“, a reader whose access it is after."""

    def named(one: Attack) -> Attack:
        assert name not in ATTACKS
        ATTACKS[name] = one
        return one

    return named


def open_still(house: House) -> bool:
    """Whether the victim's access is still open, and a reader's."""
    return any(one.name == "opfer" and one.aktiv and one.rolle == "leser" for one in house.console.accounts.everybody())


def refused(house: House, answer: httpx.Response, *statuses: int) -> None:
    assert answer.status_code in statuses, (answer.status_code, answer.text[:300])
    assert open_still(house)


@attack("CSRF: a form without a token")
def _(house: House, admin: Staff) -> None:
    refused(house, admin.client.post(CLOSE, data={"name": "opfer"}), 403)


@attack("CSRF: with the token of somebody else")
def _(house: House, admin: Staff) -> None:
    refused(house, admin.client.post(CLOSE, data={"name": "opfer", "csrf": house.signed_in("eva").csrf}), 403)


@attack("CSRF: with the token of an earlier session")
def _(house: House, admin: Staff) -> None:
    before = admin.csrf
    sign_in(admin.client, "chefin")
    refused(house, admin.client.post(CLOSE, data={"name": "opfer", "csrf": before}), 403)


@attack("CSRF: from another site, with a stolen token")
def _(house: House, admin: Staff) -> None:
    form = {"name": "opfer", "csrf": admin.csrf}
    same_site = {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1"}
    for headers in ({"Origin": "https://boese.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, same_site,
                    {"Origin": "http://127.0.0.1.boese.example"}):  # fmt: skip
        refused(house, admin.client.post(CLOSE, data=form, headers=headers), 403)


@attack("CSRF: as text or JSON instead of a form")
def _(house: House, admin: Staff) -> None:
    for kind in ("text/plain", "application/json"):
        body = f'{{"name": "opfer", "csrf": "{admin.csrf}"}}'
        refused(house, admin.client.post(CLOSE, content=body, headers={"Content-Type": kind}), 403)


@attack("CSRF: by an address that changes something")
def _(house: House, admin: Staff) -> None:
    refused(house, admin.client.get(CLOSE, params={"name": "opfer", "csrf": admin.csrf}), 405)


@attack("CSRF: a token in the address")
def _(house: House, admin: Staff) -> None:
    refused(house, admin.client.post(f"{CLOSE}?csrf={admin.csrf}", data={"name": "opfer"}), 403)


@attack("CSRF: signing somebody in as somebody else")
def _(house: House, admin: Staff) -> None:
    form = {"name": "opfer", "passwort": PASSWORD}
    browser = house.browser()
    for headers in ({"Origin": "https://boese.example"}, {"Sec-Fetch-Site": "cross-site"}):
        refused(house, browser.post("/konsole/anmelden", data=form, headers=headers), 403)
    assert COOKIE not in browser.cookies


@attack("Session: an invented cookie")
def _(house: House, admin: Staff) -> None:
    for cookie in ("erfunden", "' OR 1=1 --", "a" * 10_000, "chefin", "%00", ""):
        browser = house.browser()
        browser.cookies.set(COOKIE, cookie, domain="127.0.0.1", path="/konsole")
        refused(house, browser.get("/konsole/verwaltung/personen"), 303)


@attack("Session: a name out of the database as a cookie")
def _(house: House, admin: Staff) -> None:
    with house.console.engine.connect() as connection:
        pseudonym = connection.exec_driver_sql("SELECT pseudonym FROM konsole_sitzung").scalar()
    browser = house.browser()
    browser.cookies.set(COOKIE, str(pseudonym), domain="127.0.0.1", path="/konsole")
    refused(house, browser.get("/konsole/verwaltung/personen"), 303)


@attack("Session: a cookie used again after signing out")
def _(house: House, admin: Staff) -> None:
    stolen = admin.client.cookies[COOKIE]
    admin.post("/abmelden")
    browser = house.browser()
    browser.cookies.set(COOKIE, stolen, domain="127.0.0.1", path="/konsole")
    refused(house, browser.get("/konsole/verwaltung/personen"), 303)


@attack("Session: a cookie planted before signing in")
def _(house: House, admin: Staff) -> None:
    browser = house.browser()
    browser.cookies.set(COOKIE, "untergeschoben", domain="127.0.0.1", path="/konsole")
    answer = sign_in(browser, "opfer")
    assert "untergeschoben" not in answer.headers["set-cookie"]
    assert house.console.sessions.person("untergeschoben") is None


@attack("Session: in the address")
def _(house: House, admin: Staff) -> None:
    stolen = admin.client.cookies[COOKIE]
    refused(house, house.browser().get(f"/konsole/verwaltung/personen?{COOKIE}={stolen}"), 303)


@attack("Session: rights kept after the role was taken")
def _(house: House, admin: Staff) -> None:
    second = house.signed_in("zweite", "admin")
    admin.post("/verwaltung/personen/rolle", name="zweite", rolle="leser")
    refused(house, second.client.post(CLOSE, data={"name": "opfer"}), 303)


@attack("Session: kept alive for ever")
def _(house: House, admin: Staff) -> None:
    for _ in range(31):
        house.later += timedelta(minutes=20)
        last = admin.get("/verwaltung/personen")
    refused(house, last, 303)


@attack("IDOR: a reader makes themselves an admin")
def _(house: House, admin: Staff) -> None:
    reader = house.signed_in("eva")
    refused(house, reader.post("/verwaltung/personen/rolle", name="eva", rolle="admin"), 403)
    assert not any(one.name == "eva" and one.rolle == "admin" for one in house.console.accounts.everybody())


@attack("IDOR: changing somebody else's password with one's own form")
def _(house: House, admin: Staff) -> None:
    reader = house.signed_in("eva")
    reader.post("/passwort", name="opfer", who="opfer", bisher=PASSWORD, neu="ganz anderer Satz", nochmal="ganz anderer Satz")
    assert sign_in(house.browser(), "opfer").status_code == 303


@attack("IDOR: what is stored of a conversation, without the code")
def _(house: House, admin: Staff) -> None:
    reader = house.signed_in("eva")
    refused(house, reader.get("/intern/gespraeche/1"), 401)
    refused(house, reader.get("/verwaltung/auskunft"), 403)
    forged = {"Authorization": "Bearer erfunden"}
    refused(house, house.browser().get("/konsole/intern/gespraeche/1", headers=forged), 401)


@attack("Mass assignment: more fields than the form has")
def _(house: House, admin: Staff) -> None:
    reader = house.signed_in("eva")
    fields = {"bisher": PASSWORD, "neu": "ganz anderer Satz", "nochmal": "ganz anderer Satz", "rolle": "admin", "aktiv": "1"}
    assert reader.post("/passwort", **fields).status_code == 303
    assert [one.rolle for one in house.console.accounts.everybody() if one.name == "eva"] == ["leser"]


@attack("Script: stored in a name")
def _(house: House, admin: Staff) -> None:
    answer = admin.post("/verwaltung/personen", name=SCRIPT, rolle="leser")
    refused(house, answer, 400)
    assert SCRIPT not in answer.text + admin.get("/verwaltung/personen").text


@attack("Script: stored in the trail")
def _(house: House, admin: Staff) -> None:
    house.console.note(SCRIPT, "probe", f'"><img src=x onerror=alert(1)>{SCRIPT}', text=SCRIPT)
    page = admin.get("/verwaltung/protokoll").text
    assert "<script" not in page
    assert "<img src=x" not in page


@attack("Script: reflected by a filter, an address, a form")
def _(house: House, admin: Staff) -> None:
    mark = f'"\'>{SCRIPT}'
    told = [
        admin.get("/verwaltung/protokoll", params={"bezug": mark, "wer": mark, "was": mark}),
        admin.get("/verwaltung/protokoll", params={"von": mark}),
        admin.get("/verwaltung/personen", params={"erledigt": mark}),
        admin.get(f"/{mark}"),
        admin.post("/verwaltung/auskunft", code=mark),
        admin.post("/verwaltung/aufbewahrung", gespraeche=mark),
        house.browser().get("/konsole/anmelden", params={"zurueck": mark}),
        sign_in(house.browser(), mark, mark, mark),
    ]
    assert all("<script" not in one.text for one in told)


@attack("Script: none could run")
def _(house: House, admin: Staff) -> None:
    browser = house.browser()
    for answer in (admin.get("/verwaltung/personen"), admin.get("/nirgends"), browser.post("/konsole/anmelden", headers={"Host": "x"}),
                   browser.get("/konsole/static/console.css")):  # fmt: skip
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert (answer.headers["x-content-type-options"], answer.headers["x-frame-options"]) == ("nosniff", "DENY")


@attack("SQL: in signing in")
def _(house: House, admin: Staff) -> None:
    for text in ("' OR '1'='1", "chefin'--", "chefin\"; DROP TABLE konsole_person; --", "chefin' UNION SELECT 1,2,3--"):
        refused(house, sign_in(house.browser("192.0.2.9"), text, text), 401, 429)


@attack("SQL: in a filter and in paging")
def _(house: House, admin: Staff) -> None:
    for text in ("' OR '1'='1", "'); DELETE FROM konsole_protokoll; --", "\\' OR 1=1 --"):
        refused(house, admin.get("/verwaltung/protokoll", params={"bezug": text}), 200)
        assert "keine Zeilen" in admin.get("/verwaltung/protokoll", params={"bezug": text}).text
        refused(house, admin.get("/verwaltung/protokoll", params={"vor": f"1{text}"}), 400)


@attack("SQL: a byte that ends texts")
def _(house: House, admin: Staff) -> None:
    refused(house, sign_in(house.browser(), "chefin\0", PASSWORD), 401)
    refused(house, admin.post("/verwaltung/personen/rolle", name="opfer\0", rolle="admin"), 404)


@attack("Redirect: to another site after signing in")
def _(house: House, admin: Staff) -> None:
    for back in ("//boese.example", "/\\boese.example", "https://boese.example", "javascript:alert(1)",
                 "/konsole/\r\nLocation: https://boese.example", "/konsole/../..//boese.example", "/konsole@boese.example",
                 "/konsole/..%2f..%2f", "http:/konsole/", "/konsole/\t//boese.example"):  # fmt: skip
        answer = sign_in(house.browser(), "opfer", back=back)
        location = answer.headers["location"]
        assert location == "/konsole/" or (location.startswith("/konsole/") and ".." not in location), back
        assert "boese" not in location


@attack("Paths: out of the folder of our own files")
def _(house: House, admin: Staff) -> None:
    for path in ("../parts.py", "..%2fparts.py", "%2e%2e/parts.py", "....//parts.py", "%2fetc%2fpasswd", "..\\parts.py", "%00",
                 "../../core/vault.py"):  # fmt: skip
        answer = house.browser().get(f"/konsole/static/{path}")
        assert answer.status_code in (404, 303), path
        assert "class " not in answer.text


@attack("Paths: around the guard")
def _(house: House, admin: Staff) -> None:
    for path in ("//verwaltung/personen", "/./verwaltung/personen", "/static/../verwaltung/personen", "/VERWALTUNG/personen",
                 "/verwaltung/personen/"):  # fmt: skip
        answer = house.browser().get(f"/konsole{path}")
        assert answer.status_code in (303, 307, 404), path
        assert "Person hinzufügen" not in answer.text


@attack("Headers: another host")
def _(house: House, admin: Staff) -> None:
    for host in ("boese.example", "127.0.0.1.boese.example", "boese.example:80", "[::1", "", "127.0.0.1@boese.example:1:2"):
        refused(house, admin.client.get("/konsole/verwaltung/personen", headers={"Host": host}), 400)
    told = admin.client.get("/konsole/verwaltung", headers={"X-Forwarded-Host": "boese.example", "X-Original-URL": "/konsole/intern"})
    assert "boese" not in told.headers["location"]


@attack("Headers: a line end in what goes into one")
def _(house: House, admin: Staff) -> None:
    answer = admin.client.get("/konsole/verwaltung/protokoll/export.csv?was=%0d%0aSet-Cookie:%20a=b")
    assert "set-cookie" not in answer.headers
    answer = house.browser().get("/konsole/verwaltung%0d%0aSet-Cookie:%20a=b")
    assert "set-cookie" not in answer.headers


@attack("Size: a form of two megabytes")
def _(house: House, admin: Staff) -> None:
    body = b"csrf=" + admin.csrf.encode() + b"&name=" + b"a" * 2 * MOST_BYTES
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    refused(house, admin.client.post(CLOSE, content=body, headers=form), 413)
    refused(house, admin.client.post(CLOSE, content=iter([body[:1000], body[1000:]]), headers=form), 400, 413)
    refused(house, admin.client.post(CLOSE, content=b"x", headers={"Content-Length": "-1"}), 400, 413)


@attack("Size: a password of a megabyte, and ten thousand fields")
def _(house: House, admin: Staff) -> None:
    refused(house, sign_in(house.browser(), "opfer", "a" * 900_000), 401)
    refused(house, sign_in(house.browser(), "a" * 900_000, PASSWORD), 401)
    many = {f"feld{number}": "1" for number in range(10_000)}
    refused(house, admin.client.post(CLOSE, data=many), 400, 403)


@attack("Methods: another one than the form's")
def _(house: House, admin: Staff) -> None:
    for headers in ({"X-HTTP-Method-Override": "DELETE"}, {"X-HTTP-Method": "POST"}, {"X-Method-Override": "POST"}):
        refused(house, admin.client.get(f"{CLOSE}?name=opfer&_method=POST", headers=headers), 405)
    for method in ("TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "ERFUNDEN"):
        refused(house, admin.client.request(method, CLOSE), 405)


@attack("Guessing: which names there are")
def _(house: House, admin: Staff) -> None:
    known, unknown = (sign_in(house.browser(f"192.0.2.{n}"), name, "falsch") for n, name in enumerate(("opfer", "niemand")))
    assert (known.status_code, known.text) == (unknown.status_code, unknown.text)
    assert known.headers["content-length"] == unknown.headers["content-length"]


@attack("Guessing: the code of a conversation, told apart by its check character")
def _(house: House, admin: Staff) -> None:
    refused(house, admin.post("/verwaltung/auskunft", code="GE-0000-0000-1"), 400)
    refused(house, admin.post("/verwaltung/auskunft/loeschen", code="GE-4RP6-FJ43-H", nochmal="GE-4RP6-FJ43-H"), 404)


@attack("Formulas: in a table that is given out")
def _(house: House, admin: Staff) -> None:
    for text in ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1"):
        house.console.note("chefin", "probe", text)
    rows = csv.reader(io.StringIO(admin.get("/verwaltung/protokoll/export.csv?was=probe").text), delimiter=";")
    assert all(row[4].startswith("'") for row in list(rows)[1:])


@attack("Caches: a page kept by a proxy or the back button")
def _(house: House, admin: Staff) -> None:
    for path in ("/verwaltung/personen", "/verwaltung/protokoll/export.csv", "/nirgends", "/anmelden"):
        assert admin.get(path).headers["cache-control"] == "no-store"


@attack("Traces: a password in the trail")
def _(house: House, admin: Staff) -> None:
    sign_in(house.browser(), "mein-Passwort-1234", "falsch")
    sign_in(house.browser(), "opfer", "geheimes-Passwort")
    told = str(list(house.console.trail.rows(Asked())))
    assert "mein-Passwort" not in told
    assert "geheimes" not in told


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused(house: House, name: str) -> None:
    house.person("opfer")
    ATTACKS[name](house, house.signed_in("chefin", "admin"))
    assert house.console.trail.verified().intact


def test_there_are_at_least_thirty() -> None:
    assert len(ATTACKS) >= 30
