"""The real catalogue with the forms that ship, over HTTP, and a conversation with the real actions."""

import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator

import pytest
import uvicorn
from dialogue import Talk

import actions.antrag.client
import actions.hits
from core.settings import PROJECT, Settings
from katalog.app import create_app
from katalog.applications.client import ApplicationsClient
from katalog.client import CatalogueClient
from katalog.importer import import_files
from katalog.store import CatalogueStore, engine_for

TOKEN = "nur-zum-pruefen-0123456789-0123456789"
KEPT = {path.stem for path in (PROJECT / "data" / "antraege").glob("*.json")} | {"personalausweis", "reisepass"}


def few_services() -> bytes:
    """The services that have a form and two that have none: a small index is built in a second."""
    lines = (PROJECT / "data" / "catalogue" / "kaiserslautern.jsonl").read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if json.loads(line)["kennung"] in KEPT).encode()


@pytest.fixture(scope="session")
def catalogue_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a running catalogue."""
    settings = Settings(
        home=tmp_path_factory.mktemp("home"), cache=PROJECT / ".lotse" / "cache" / "tests", catalogue_token=TOKEN, pin_cost="test"
    )
    import_files(CatalogueStore(engine_for(settings)), {"kl.jsonl": few_services(), "stellen.json": _offices()}, "bestand")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # ws="none": Rasa's pin of websockets is too old for uvicorn's own import of it.
    server = uvicorn.Server(uvicorn.Config(create_app(settings), "127.0.0.1", port, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 300  # without the cache of vectors
    while not server.started:
        assert thread.is_alive() and time.monotonic() < until
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def _offices() -> bytes:
    return (PROJECT / "data" / "catalogue" / "stellen.json").read_bytes()


@pytest.fixture
async def talk(catalogue_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Talk]:
    """A new conversation."""
    applications, catalogue = ApplicationsClient(catalogue_url, TOKEN), CatalogueClient(catalogue_url)
    monkeypatch.setattr(actions.antrag.client, "_client", applications)
    monkeypatch.setattr(actions.hits, "_client", catalogue)
    yield Talk()
    await applications.close()
    await catalogue.close()
