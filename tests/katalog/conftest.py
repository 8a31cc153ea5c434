"""Real databases, the real encoder and the real application; vectors are kept in the project's cache."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from running_catalogue import CACHE, HERE, Catalogue, shipped_services, started
from sqlalchemy.engine import Engine

from core.catalogue import Leistung
from core.settings import Settings
from katalog.own import own_files
from katalog.search.index import SearchIndex
from katalog.store import CatalogueStore, engine_for, metadata
from language.encoder import CachedEncoder
from tests.postgres import empty_database


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
def shipped() -> list[Leistung]:
    """The shipped services with their example questions."""
    return shipped_services()


@pytest.fixture(scope="session")
def second_city() -> list[Leistung]:
    """Musterstadt: 15 services of our own making, without example questions."""
    return [Leistung.model_validate_json(line) for line in (HERE / "zweite_stadt.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="session")
def musterstadt(tmp_path_factory: pytest.TempPathFactory, kaiserslautern: Catalogue) -> Iterator[Catalogue]:
    """The second city, served; tests write into it. (It starts after the first one, whose vectors it finds in the cache.)"""
    with started(tmp_path_factory.mktemp("ms"), {"stadt.jsonl": (HERE / "zweite_stadt.jsonl").read_bytes()}) as running:
        running.at_first = running.service.snapshot
        yield running


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """URL of an empty database on the server of LOTSE_TEST_POSTGRES."""
    with empty_database() as url:
        yield url


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
