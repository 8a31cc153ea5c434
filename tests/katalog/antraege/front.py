"""The real gateway before the applications: both in processes of their own, with a Redis of their own."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
from server import Server

from cli.processes import embedded_redis, free_port
from cli.training import environment
from core.settings import PROJECT


class Front(Server):
    """``web`` is what a browser sees. Start it, and kill it at the end."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.web_port = free_port()
        self.web = f"http://127.0.0.1:{self.web_port}"
        self.settings = self.settings.model_copy(update={"port": self.web_port, "catalogue_url": self.url})

    def start(self) -> None:
        """Returns when pages are served."""
        super().start()
        quiet: dict[str, Any] = {"cwd": PROJECT, "env": environment(self.settings), "stdout": self.log, "stderr": self.log}
        self.redis = subprocess.Popen(embedded_redis(self.settings).command, **quiet)
        command = [sys.executable, "-m", "uvicorn", "--factory", "cli.asgi:web", "--port", str(self.web_port)]
        self.gateway = subprocess.Popen([*command, "--ws", "none", "--no-access-log", "--log-level", "warning"], **quiet)
        deadline = time.monotonic() + 60
        while not self._serves():
            assert self.gateway.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.05)

    def _serves(self) -> bool:
        try:
            return httpx.get(f"{self.web}/status", timeout=5, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self) -> None:
        """Everything."""
        for process in (self.gateway, self.redis):
            process.kill()
            process.wait(10)
        super().kill()
