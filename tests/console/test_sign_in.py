"""Signing in over HTTP, on a real database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from console.app import mount
from core.settings import Settings

pytestmark = pytest.mark.console
PASSWORD = "ein langes Passwort"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    outer = FastAPI()
    console = mount(outer, Settings(home=tmp_path, pin_cost="test"))
    with TestClient(outer, base_url="http://127.0.0.1", follow_redirects=False) as made:
        console.state.console.accounts.add("anna", PASSWORD, "leser", "test")
        yield made


def test_a_person_signs_in_and_out(client: TestClient) -> None:
    assert client.post("/konsole/anmelden", data={"name": "anna", "passwort": "falsch"}).status_code == 401
    answer = client.post("/konsole/anmelden", data={"name": "anna", "passwort": PASSWORD, "zurueck": "//boese.example"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/konsole/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert client.post("/konsole/abmelden").status_code == 403
