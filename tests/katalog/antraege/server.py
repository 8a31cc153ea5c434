"""The applications in a process that can be killed."""

import subprocess
import sys
import time
from pathlib import Path

import httpx
from running_catalogue import TOKEN

from cli.processes import free_port
from cli.training import environment
from core.settings import PROJECT, Settings

HERE = Path(__file__).parent


class Server:
    """On a state folder of its own; it keeps its address when it is started again."""

    def __init__(self, home: Path) -> None:
        self.settings = Settings(home=home, catalogue_token=TOKEN)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns when it answers."""
        self.log = (self.settings.home / "server.log").open("ab")
        command = [sys.executable, "-m", "uvicorn", "--factory", "alone:app", "--app-dir", str(HERE), "--port", str(self.port)]
        command += ["--ws", "none", "--no-access-log", "--log-level", "warning"]
        self.process = subprocess.Popen(command, cwd=PROJECT, env=environment(self.settings), stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + 60
        while True:
            try:
                httpx.get(self.url, timeout=1, trust_env=False)
                return
            except httpx.HTTPError:
                assert self.process.poll() is None, self.said()
                assert time.monotonic() < deadline, self.said()
                time.sleep(0.05)

    def kill(self) -> None:
        """At once, in the midst of whatever it does."""
        self.process.kill()
        self.process.wait(10)
        self.log.close()

    def said(self) -> str:
        """Its log."""
        return (self.settings.home / "server.log").read_text("utf-8")
