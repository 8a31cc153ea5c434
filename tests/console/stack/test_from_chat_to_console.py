"""From a citizen's question to what staff read, through the whole running system."""

import re
import time
from collections.abc import Callable

import httpx
import pytest

from tests.conftest import Stack

pytestmark = [pytest.mark.stack, pytest.mark.console]
PASSWORD = "korrekt Pferd Batterie"


@pytest.fixture(scope="module")
def staff(stack: Stack) -> httpx.Client:
    """A browser that is signed in at the running console."""
    added = stack.lotse("user", "add", "petra", "--rolle", "pruefer", stdin=f"{PASSWORD}\n".encode())
    assert added.returncode == 0, added.stderr
    client = httpx.Client(base_url=stack.running.web_url, follow_redirects=True, trust_env=False, timeout=10)
    assert client.post("/konsole/anmelden", data={"name": "petra", "passwort": PASSWORD}).status_code == 200
    return client


@pytest.fixture
def citizen(stack: Stack) -> httpx.Client:
    """A conversation of somebody from outside, begun; the client's address is the conversation's."""
    made = httpx.post(f"{stack.running.web_url}/api/v1/conversations", timeout=10).json()
    base, token = f"{stack.running.web_url}/api/v1/conversations/{made['id']}", made["token"]
    return httpx.Client(base_url=base, headers={"Authorization": f"Bearer {token}"}, timeout=60, trust_env=False)


def within(seconds: float, true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_citizens_conversation_is_read_and_deleted(staff: httpx.Client, citizen: httpx.Client) -> None:
    for number, text in enumerate(("Was kostet ein Reisepass?", "Mein Nilpferd möchte einen Zauberstab verzollen")):
        citizen.post("/messages?wait=true", json={"message_id": f"m{number}", "text": text}).raise_for_status()
    assert citizen.post("/messages/m0/rating", json={"value": "down", "reason": "falsch"}).status_code == 204
    assert citizen.post("/solved", json={"solved": True}).status_code == 204
    key = str(citizen.base_url).rstrip("/").rpartition("/")[2]
    page = f"/konsole/gespraeche/{key}"
    within(5, lambda: staff.get(page).status_code == 200 and "hat geholfen" in staff.get(page).text)
    told = staff.get(page).text
    assert "Reisepass beantragen" in told  # the service's title, out of the catalogue
    assert re.search(r"Kosten <span class=\"number\">\(\d+ %\)", told)
    assert "Die Antwort ist falsch" in told
    assert len(re.findall(r"Leistungen, die in Frage kamen", told)) == 2
    assert re.search(r'Modell</dt><dd><span class="code">[0-9a-f]{16}<', told)
    assert "Verstehen:" in told
    assert key in staff.get("/konsole/gespraeche?q=nilpferd").text
    assert "Eingelesen bis" in staff.get("/konsole/").text
    citizen.delete(str(citizen.base_url).rstrip("/")).raise_for_status()
    within(5, lambda: staff.get(page).status_code == 404)


def test_what_the_machines_owner_tries_is_kept_out_of_the_list(stack: Stack, staff: httpx.Client) -> None:
    stack.conversation().say("Wo bekomme ich eine Anglerkarte fürs Wochenende?")
    within(5, lambda: "Anglerkarte" in staff.get("/konsole/gespraeche?pruefung=nur").text)
    assert "Anglerkarte" not in staff.get("/konsole/gespraeche").text
