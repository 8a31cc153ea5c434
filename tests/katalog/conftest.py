"""Real databases, the real encoder and the real application; vectors are kept in the project's cache."""

import base64
import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine, make_url
from starlette.testclient import TestClient

from core.catalogue import Leistung
from core.settings import PROJECT, Settings
from katalog.app import create_app
from katalog.importer import import_files
from katalog.own import own_files
from katalog.search.index import SearchIndex
from katalog.service import CatalogueService
from katalog.store import CatalogueStore, engine_for, metadata
from language.encoder import CachedEncoder

TOKEN = "nur-zum-pruefen-0123456789-0123456789"
CACHE = PROJECT / ".lotse" / "cache" / "tests"
HERE = Path(__file__).parent


class Catalogue(TestClient):
    """The running catalogue, as another program reaches it; and what it serves, as its rooms see it."""

    @property
    def service(self) -> CatalogueService:
        service: CatalogueService = self.app.state.service
        return service

    def give(self, files: dict[str, bytes], herkunft: str = "prüfung", token: str = TOKEN, **more: Any) -> Any:
        """The response to an import of these files."""
        sent = [{"name": name, "base64": base64.b64encode(content).decode()} for name, content in files.items()]
        return self.post(
            "/katalog/v1/importe", json={"herkunft": herkunft, "dateien": sent} | more, headers={"Authorization": f"Bearer {token}"}
        )


def lines(*records: dict[str, Any]) -> bytes:
    """Records as JSON lines."""
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()


def started(home: Path, files: dict[str, bytes]) -> Catalogue:
    """The application on a state folder with these records; enter it to start."""
    settings = Settings(home=home, cache=CACHE, catalogue_token=TOKEN)
    if files:
        import_files(CatalogueStore(engine_for(settings)), files, "bestand")
    return Catalogue(create_app(settings))


@pytest.fixture(scope="session")
def kaiserslautern(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """The shipped catalogue, served. Only read from it."""
    with started(tmp_path_factory.mktemp("kl"), own_files()) as running:
        yield running


@pytest.fixture(scope="session")
def index(kaiserslautern: Catalogue) -> SearchIndex:
    """The search over the shipped catalogue."""
    return kaiserslautern.service.snapshot.index


@pytest.fixture(scope="session")
def encoder(kaiserslautern: Catalogue) -> CachedEncoder:
    """An encoder that knows the vectors of the shipped catalogue; it is never saved."""
    return CachedEncoder.open(CACHE, "catalogue")


@pytest.fixture(scope="session")
def second_city() -> list[Leistung]:
    """Musterstadt: 15 services of our own making, without example questions."""
    return [Leistung.model_validate_json(line) for line in (HERE / "zweite_stadt.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """URL of an empty database on the server of LOTSE_TEST_POSTGRES."""
    server = os.environ.get("LOTSE_TEST_POSTGRES")
    if not server:
        pytest.skip("LOTSE_TEST_POSTGRES nennt kein PostgreSQL")
    name = f"lotse_test_{secrets.token_hex(4)}"
    admin = create_engine(server, future=True, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of each kind."""
    url = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    made = engine_for(Settings(home=tmp_path, database_url=url))
    assert made.dialect.name == request.param
    yield made
    metadata.drop_all(made)
    made.dispose()


@pytest.fixture
def store(engine: Engine) -> CatalogueStore:
    return CatalogueStore(engine)
