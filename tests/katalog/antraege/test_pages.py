"""Pages in the browser, through the real gateway: how an application stands, taking it back, uploading a file."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from zlib import crc32

import httpx
import pytest
from desk import VALUES
from front import Front
from running_catalogue import TOKEN
from test_files import JPEG, PDF, PNG

from core import ids
from katalog.applications.files import MOST_BYTES
from katalog.applications.texts import texts

V1 = "/antraege/v1"


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    running = Front(tmp_path_factory.mktemp("f"))
    running.start()
    yield running
    running.kill()


@pytest.fixture
def inside(front: Front) -> Iterator[httpx.Client]:
    """The API, as the actions reach it."""
    with httpx.Client(base_url=front.url + V1, headers={"Authorization": f"Bearer {TOKEN}"}, trust_env=False, timeout=10) as made:
        yield made


@pytest.fixture
def browser(front: Front, request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    """A citizen at an address of their own: who fails in one test does not wait in the next."""
    address = f"2001:db8:{crc32(request.node.name.encode()) % 0xFFFF:x}::7"
    with httpx.Client(base_url=front.web, headers={"X-Forwarded-For": address}, trust_env=False, timeout=30) as made:
        yield made


def draft(inside: httpx.Client, key: str, **values: Any) -> dict[str, Any]:
    begun = inside.post("/entwuerfe", json={"leistung": "hund", "gespraech": "g"}, headers={"Idempotency-Key": key}).json()
    done: dict[str, Any] = inside.put(f"/entwuerfe/{begun['id']}/werte", json={"werte": VALUES | values, "fassung": 0}).json()
    return done


def submitted(inside: httpx.Client, key: str) -> dict[str, Any]:
    filled = draft(inside, key)
    path = f"/entwuerfe/{filled['id']}/absenden"
    receipt: dict[str, Any] = inside.post(path, json={"fassung": filled["fassung"]}, headers={"Idempotency-Key": "k"}).json()
    return receipt


def link(inside: httpx.Client, draft_id: str) -> str:
    url: str = inside.post(f"/entwuerfe/{draft_id}/anlagen/foto").json()["url"]
    return url


def passed(page: str) -> str:
    found = re.search(r'name="ausweis" value="([^"]+)"', page)
    assert found
    return found[1]


def test_number_and_pin_show_how_it_stands_and_take_it_back(inside: httpx.Client, browser: httpx.Client) -> None:
    receipt = submitted(inside, "seite-1")
    number, pin = receipt["vorgangsnummer"], receipt["pin"]
    page = browser.post("/status", data={"vorgangsnummer": f" {number.lower()} ", "pin": f"{pin[:4]} {pin[4:]}"})
    assert page.status_code == 200
    for told in ("Ihr Antrag ist eingegangen.", "Hund anmelden", number, "Die Steuermarke kommt mit der Post."):
        assert told in page.text
    assert pin not in page.text
    sure = browser.post("/status/zurueckziehen", data={"ausweis": passed(page.text)})
    assert "wirklich zurückziehen" in sure.text
    assert browser.post("/status", data={"vorgangsnummer": number, "pin": pin}).text.count("eingegangen") == page.text.count("eingegangen")
    for _ in range(2):  # pressed twice
        done = browser.post("/status/zurueckziehen", data={"ausweis": passed(sure.text), "sicher": "ja"})
        assert done.status_code == 200
        assert "Sie haben Ihren Antrag zurückgezogen." in done.text
        assert "ausweis" not in done.text


def test_every_failure_is_the_same_sentence_and_the_sixth_try_waits(inside: httpx.Client, browser: httpx.Client) -> None:
    receipt = submitted(inside, "seite-2")
    wrong = [(receipt["vorgangsnummer"], "00000000"), (ids.new_case_number(), receipt["pin"]), ("KL-1", receipt["pin"]),
             ("\x00<b>", "\u202e"), ("x" * 5000, "x" * 5000)]  # fmt: skip
    for number, pin in wrong:
        page = browser.post("/status", data={"vorgangsnummer": number, "pin": pin})
        assert page.status_code == 404
        assert texts().kein_vorgang in unescape(page.text)
        assert "<title>Fehler: Wie steht mein Antrag?" in page.text
        assert '<a href="#vorgangsnummer">' in page.text
        assert "<b>" not in page.text
    for number, pin in ((receipt["vorgangsnummer"], receipt["pin"]), wrong[0]):
        page = browser.post("/status", data={"vorgangsnummer": number, "pin": pin})
        assert page.status_code == 429
        assert texts().zu_viele_versuche in unescape(page.text)


def test_guessing_one_number_from_many_addresses_is_locked_too(inside: httpx.Client, browser: httpx.Client) -> None:
    receipt = submitted(inside, "seite-3")
    number = receipt["vorgangsnummer"]
    codes = []
    for address in range(6):
        headers = {"X-Forwarded-For": f"203.0.113.{address}"}
        codes.append(browser.post("/status", data={"vorgangsnummer": number, "pin": "00000000"}, headers=headers).status_code)
    assert codes == [404] * 5 + [429]


def test_addresses_of_one_connection_count_together(inside: httpx.Client, browser: httpx.Client) -> None:
    codes = []
    for host in range(6):
        headers = {"X-Forwarded-For": f"2001:db8:ffff:1::{host}"}
        codes.append(browser.post("/status", data={"vorgangsnummer": ids.new_case_number(), "pin": "1"}, headers=headers).status_code)
    assert codes == [404] * 5 + [429]


@pytest.mark.parametrize(
    ("sent", "links"),
    [({}, ["vorgangsnummer", "pin"]), ({"vorgangsnummer": "KL-1"}, ["pin"]), ({"pin": "1", "vorgangsnummer": " "}, ["vorgangsnummer"])],
)
def test_what_is_empty_is_named_beside_its_field_and_is_no_try(browser: httpx.Client, sent: dict[str, str], links: list[str]) -> None:
    for _ in range(7):
        page = browser.post("/status", data=sent)
        assert page.status_code == 422
        assert re.findall(r'<a href="#(\w+)">', page.text) == links
        for name in links:
            assert f'aria-describedby="{name}-hilfe {name}-fehler" aria-invalid="true"' in page.text


@pytest.mark.parametrize("ausweis", ["", "x", "gAAAA", "ä" * 400])
def test_taking_back_needs_a_pass(browser: httpx.Client, ausweis: str) -> None:
    page = browser.post("/status/zurueckziehen", data={"ausweis": ausweis, "sicher": "ja"})
    assert page.status_code == 404
    assert texts().seite.ausweis_abgelaufen in unescape(page.text)


def test_pages_belong_into_no_cache_and_run_nothing(inside: httpx.Client, browser: httpx.Client) -> None:
    upload = link(inside, draft(inside, "seite-4")["id"])
    for page in (browser.get("/status"), browser.post("/status"), browser.get(upload), browser.get("/anlagen/gibtesnicht")):
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "form-action 'self'" in policy
        assert "unsafe" not in policy
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", page.text)
        assert '<html lang="de">' in page.text
        assert "Demonstration, keine Seite der Stadt" in page.text
        for address in re.findall(r'(?:src|href)="(/static[^"]+)"', page.text):
            assert browser.get(address).status_code == 200


def test_a_file_is_uploaded_and_named_on_the_page(inside: httpx.Client, browser: httpx.Client) -> None:
    begun = draft(inside, "seite-5")
    url = link(inside, begun["id"])
    assert "Haben Sie ein Foto des Hundes?" in browser.get(url).text
    sent = browser.post(url, files={"datei": ("../Rex <3.JPG", JPEG)})
    assert (sent.status_code, sent.headers["location"]) == (303, url)
    page = browser.get(f"{url}.").text  # copied with the full stop behind it
    assert "Rex _3.jpg" in page
    assert "zurück zum Gespräch" in page
    kept = inside.get(f"/entwuerfe/{begun['id']}").json()
    assert kept["fassung"] == begun["fassung"] + 1
    assert len(kept["werte"]["foto"]) == 22


REFUSED: list[tuple[dict[str, Any], int, str]] = [
    ({"files": {"datei": ("", b"")}}, 400, texts().anlage.keine_datei),
    ({"files": {"datei": ("a.pdf", b"")}}, 400, texts().anlage.leer),
    ({"files": {"andere": ("a.pdf", PDF)}}, 400, texts().anlage.keine_datei),
    ({"files": {"datei": ("a.pdf", b"MZ")}}, 400, texts().anlage.falsche_art),
    ({"files": {"datei": ("a.pdf", PDF + b"/JavaScript ")}}, 400, texts().anlage.aktiver_inhalt),
    ({"files": {"datei": ("a.pdf", PDF + bytes(MOST_BYTES))}}, 400, texts().anlage.zu_gross),
    ({"files": [("datei", ("a.png", PNG)), ("datei", ("b.png", PNG))]}, 400, texts().anlage.nicht_angekommen),
    ({"data": {"datei": "x"}}, 400, texts().anlage.nicht_angekommen),
    ({"content": b"--x\r\n", "headers": {"Content-Type": "multipart/form-data; boundary=x"}}, 400, texts().anlage.keine_datei),
    ({"content": b"nichts", "headers": {"Content-Type": "multipart/form-data"}}, 400, texts().anlage.nicht_angekommen),
]


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_what_is_refused_is_told_on_the_page_with_what_to_do(inside: httpx.Client, browser: httpx.Client, number: int) -> None:
    sent, status, told = REFUSED[number]
    begun = draft(inside, f"seite-6-{number}")
    page = browser.post(link(inside, begun["id"]), **sent)
    assert page.status_code == status
    assert told in unescape(page.text)
    assert '<a href="#datei">' in page.text
    assert inside.get(f"/entwuerfe/{begun['id']}").json() == begun


@pytest.mark.parametrize("announced", [True, False])
def test_what_is_far_too_large_is_read_to_its_end_and_told_on_the_page(
    inside: httpx.Client, browser: httpx.Client, announced: bool
) -> None:
    url = link(inside, draft(inside, f"seite-7-{announced}")["id"])
    block = b"x" * 1024 * 1024
    content: Any = block * 15 if announced else (block for _ in range(15))
    sent = browser.post(url, content=content, headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert sent.status_code == 303
    page = browser.get(sent.headers["location"])
    assert page.status_code == 400
    assert texts().anlage.zu_gross in unescape(page.text)


def test_ten_megabytes_are_taken(inside: httpx.Client, browser: httpx.Client) -> None:
    url = link(inside, draft(inside, "seite-8")["id"])
    assert browser.post(url, files={"datei": ("a.pdf", PDF + bytes(MOST_BYTES - len(PDF)))}).status_code == 303
    assert "10,5 MB" in browser.get(url).text


def test_a_link_that_is_none_and_one_of_a_submitted_draft_say_so(inside: httpx.Client, browser: httpx.Client) -> None:
    filled = draft(inside, "seite-9")
    url = link(inside, filled["id"])
    inside.post(f"/entwuerfe/{filled['id']}/absenden", json={"fassung": 1}, headers={"Idempotency-Key": "k"}).raise_for_status()
    for address, status, told in ((url, 409, texts().anlage.abgesendet), ("/anlagen/erfunden", 404, texts().anlage.kein_link)):
        for page in (browser.get(address), browser.post(address, files={"datei": ("a.png", PNG)})):
            assert page.status_code == status
            assert told in unescape(page.text)


def test_the_pages_are_reached_through_the_gateway_only_and_the_api_never_is(front: Front, browser: httpx.Client) -> None:
    with httpx.Client(base_url=front.url, headers={"Lotse-Address": "1"}, trust_env=False) as direct:
        assert direct.get("/status").status_code == 401
        assert direct.post("/status", data={"vorgangsnummer": "x", "pin": "x"}).status_code == 401
        assert direct.get("/anlagen/x").status_code == 401
    for path in (
        f"{V1}/formulare",
        f"{V1}/postfach",
        "/status/../antraege/v1/postfach",
        "/anlagen/..%2fantraege",
        "/katalog/v1/%2e%2e/%2e%2e/antraege/v1/formulare",
    ):
        assert browser.get(path, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 404


def test_nobody_chooses_the_address_that_is_counted(inside: httpx.Client, browser: httpx.Client) -> None:
    codes = []
    for number in range(6):
        headers = {"Lotse-Address": str(number)}
        codes.append(browser.post("/status", data={"vorgangsnummer": ids.new_case_number(), "pin": "1"}, headers=headers).status_code)
    assert codes == [404] * 5 + [429]


def test_a_form_that_is_too_large_is_refused(browser: httpx.Client) -> None:
    assert browser.post("/status", data={"pin": "x" * 20_000}).status_code == 413


def test_a_catalogue_that_is_away_is_told_on_a_page(tmp_path_factory: pytest.TempPathFactory, front: Front) -> None:
    from connectors.gateway.app import create_app
    from tests.connectors.serving import served

    settings = front.settings.model_copy(update={"catalogue_url": "http://127.0.0.1:9"})
    with served(create_app(settings)) as url, httpx.Client(base_url=url, trust_env=False) as browser:
        for page in (browser.get("/status"), browser.post("/status", data={"pin": "1"}), browser.get("/anlagen/x")):
            assert page.status_code == 503
            assert page.headers["cache-control"] == "no-store"
            assert "gerade nicht erreichbar" in page.text


def test_neither_log_holds_a_number_a_pin_a_token_or_a_name(front: Front, inside: httpx.Client, browser: httpx.Client) -> None:
    receipt = submitted(inside, "seite-10")
    url = link(inside, draft(inside, "seite-11")["id"])
    browser.post(url, files={"datei": ("Rex von Mustermann.png", PNG)})
    browser.get(url)
    browser.post("/status", data={"vorgangsnummer": receipt["vorgangsnummer"], "pin": receipt["pin"]})
    said = front.said()
    assert "POST /anlagen/{token}" in said
    for secret in (receipt["vorgangsnummer"], receipt["pin"], url.removeprefix("/anlagen/"), "Mustermann", TOKEN):
        assert secret not in said
