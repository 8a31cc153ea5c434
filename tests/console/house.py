"""The real console on a real database of each kind, below ``/konsole`` of another application, as it is served."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, text

from console.access.roles import Role
from console.app import mount
from console.guard import COOKIE
from console.parts import Console
from core.clock import now
from core.settings import Settings
from tests.postgres import empty_database

PASSWORD = "korrekt Pferd Batterie"
ADDRESS = "http://127.0.0.1"
# A file system in memory, where there is one: each row of the trail waits for the disk otherwise.
MEMORY = next((path for path in ("/dev/shm",) if os.access(path, os.W_OK)), None)


@dataclass
class House:
    """The console, the application around it, and a clock that the test sets forward."""

    console: Console
    app: FastAPI
    inner: FastAPI
    client: TestClient
    later: timedelta = field(default_factory=timedelta)

    def clock(self) -> datetime:
        return now() + self.later

    def person(self, name: str, role: Role = "leser") -> str:
        """Adds somebody; their name."""
        self.console.accounts.add(name, PASSWORD, role, "test")
        return name

    def browser(self, address: str = "198.51.100.7") -> TestClient:
        """A browser of its own: no cookie yet."""
        return TestClient(self.app, base_url=ADDRESS, follow_redirects=False, client=(address, 50000), raise_server_exceptions=False)

    def signed_in(self, name: str, role: Role = "leser") -> "Staff":
        """Somebody new who has signed in through the page."""
        self.person(name, role)
        client = self.browser()
        answer = sign_in(client, name)
        assert answer.status_code == 303, answer.text
        return Staff(self, client)


@dataclass
class Staff:
    """A browser that is signed in."""

    house: House
    client: TestClient

    @property
    def csrf(self) -> str:
        """What the session's forms carry."""
        who = self.house.console.sessions.person(self.client.cookies[COOKIE])
        assert who
        return who.csrf

    def get(self, path: str, **more: object) -> httpx.Response:
        return self.client.get(f"/konsole{path}", **more)  # type: ignore[arg-type]

    def post(self, path: str, **fields: str) -> httpx.Response:
        """A form as the page sends it."""
        return self.client.post(f"/konsole{path}", data={"csrf": self.csrf, **fields})


def sign_in(client: TestClient, name: str, password: str = PASSWORD, back: str = "") -> httpx.Response:
    """Sends the form for signing in."""
    return client.post("/konsole/anmelden", data={"name": name, "passwort": password, "zurueck": back})


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with empty_database() as url:
        yield url


@pytest.fixture
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    """On SQLite, or on what a test names as its parameter."""
    url = request.getfixturevalue("postgres") if getattr(request, "param", "sqlite") == "postgresql" else None
    with tempfile.TemporaryDirectory(dir=MEMORY) as home:
        yield from _house(Settings(home=Path(home), pin_cost="test", database_url=url))
    if url:
        wiped = create_engine(url, future=True, isolation_level="AUTOCOMMIT")
        with wiped.connect() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        wiped.dispose()


def _house(settings: Settings) -> Iterator[House]:
    outer = FastAPI()
    inner = mount(outer, settings)
    with TestClient(outer, base_url=ADDRESS, follow_redirects=False) as client:
        made = House(inner.state.console, outer, inner, client)
        inner.state.console = made.console = Console.open(made.console.engine, settings, made.clock)
        yield made
    made.console.engine.dispose()


both = pytest.mark.parametrize("house", ["sqlite", "postgresql"], indirect=True)
