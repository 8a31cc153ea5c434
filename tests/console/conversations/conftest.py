"""The fixtures of the house, and a Redis that the tests may stop, for the tests of conversations."""

from collections.abc import Iterator

import pytest

from tests.console.house import house as house
from tests.console.house import postgres as postgres
from tests.redis_server import RedisServer


@pytest.fixture(scope="module")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("r"))
    server.start()
    yield server
    server.kill()
