"""The console and the gateway in one process, as they are served, on a real Redis, with a small bot in Rasa's place."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
import uvicorn
import yaml

from console.app import mount
from core.settings import Settings
from tests.connectors.desk_house import ALWAYS
from tests.connectors.fake_bot import FakeBot
from tests.connectors.serving import free_port, served
from tests.console.house import PASSWORD, House
from tests.console.house import postgres as postgres
from tests.redis_server import RedisServer

PEOPLE = {"petra.klein": "pruefer", "omar.said": "pruefer", "tina.roth": "trainer", "lea.los": "leser"}


@dataclass
class Rathaus:
    """Where it is served, and what a citizen and a member of staff do there."""

    house: House
    bot: FakeBot
    url: str

    def staff(self, name: str) -> httpx.Client:
        """A browser that is signed in."""
        client = httpx.Client(base_url=self.url, follow_redirects=True, trust_env=False, timeout=10)
        assert client.post("/konsole/anmelden", data={"name": name, "passwort": PASSWORD}).status_code == 200
        client.headers["X-CSRF-Token"] = client.get("/konsole/passwort").text.partition('name="csrf" value="')[2].partition('"')[0]
        return client

    def citizen(self) -> "Buerger":
        """Somebody who waits for a person."""
        made = httpx.post(f"{self.url}/api/v1/conversations", trust_env=False).json()
        found = Buerger(self.url, made["id"], made["token"])
        for said in ({"text": "Ich will einen Menschen"}, {"payload": "/mensch_schreiben"}, {"payload": "/mensch_einverstanden"}):
            found.say(**said)
        return found


@dataclass
class Buerger:
    """One conversation on the website."""

    url: str
    id: str
    token: str
    count: int = 0

    def say(self, **said: str) -> list[dict[str, object]]:
        """The replies to it."""
        self.count += 1
        answer = httpx.post(
            f"{self.url}/api/v1/conversations/{self.id}/messages?wait=true", json={"message_id": f"m{self.count}", **said},
            headers={"Authorization": f"Bearer {self.token}"}, timeout=20, trust_env=False,
        )  # fmt: skip
        assert answer.status_code == 200, answer.text
        found: list[dict[str, object]] = answer.json()["replies"]
        return found


@pytest.fixture(scope="module")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("r"))
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module", params=["sqlite"])
def rathaus(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, redis_server: RedisServer) -> Iterator[Rathaus]:
    from connectors.gateway.app import create_app

    home, port, bot = tmp_path_factory.mktemp("beratung"), free_port(), FakeBot()
    bot.reply = lambda turn: {"messages": [{"text": "Rufen Sie 115 an."}], "intent": {"name": "mensch_sprechen", "confidence": 0.9}}
    (home / "beratung.yml").write_text(yaml.safe_dump(ALWAYS | {"warteplaetze": 20}), "utf-8")
    with served(bot.app) as bot_url:
        settings = Settings(
            home=home, pin_cost="test", port=port, redis_url=redis_server.url, rasa_url=bot_url, catalogue_url=bot_url, actions_url=bot_url,
            messages_per_minute=0, new_conversations_per_minute=0, desk_file=home / "beratung.yml",
            database_url=request.getfixturevalue("postgres") if request.param == "postgresql" else None,
        )  # fmt: skip
        app = create_app(settings)
        inner = mount(app, settings)
        server = uvicorn.Server(uvicorn.Config(app, "127.0.0.1", port, log_level="error", ws="none", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        house = House(inner.state.console, app, inner, None)  # type: ignore[arg-type]
        for name, role in PEOPLE.items():
            house.console.accounts.add(name, PASSWORD, role, "test")  # type: ignore[arg-type]
        yield Rathaus(house, bot, f"http://127.0.0.1:{port}")
        server.should_exit = True
        thread.join(10)
