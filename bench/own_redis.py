"""A Redis for one measurement, which may kill it."""

import os
import time
from pathlib import Path

import redis

from bench.stock import redis_on_port
from cli.progress import tell
from cli.supervisor import Child


class OwnRedis:
    """With the options of the embedded one, on a port. Our own stores find it in the settings; it ends with this process."""

    def __init__(self, folder: Path) -> None:
        process, self.port = redis_on_port(folder)
        self._child = Child(process, dict(os.environ), folder, tell)
        self.url = process.ready
        os.environ["LOTSE_REDIS_URL"] = self.url
        self.start()

    def start(self) -> None:
        """Returns when it answers."""
        self._child.start()
        while not self._child.process.is_ready():
            time.sleep(0.01)

    def kill(self) -> None:
        """As a crash does it."""
        assert self._child.popen
        self._child.popen.kill()
        self._child.popen.wait()

    def used(self) -> int:
        """Bytes of everything in it."""
        with redis.from_url(self.url) as look:
            return int(look.info("memory")["used_memory"])

    def bytes_of(self, sender: str) -> int:
        """Bytes of all keys of a conversation."""
        with redis.from_url(self.url) as look:
            return sum(int(look.memory_usage(key, samples=0)) for key in look.keys(f"*{sender}*"))
