"""The real catalogue in a process of its own, that can be killed."""

import json
import subprocess
import sys
import time
from pathlib import Path

import httpx
from desk import FORM, RECORD
from running_catalogue import CACHE, TOKEN, lines

from cli.processes import free_port
from cli.training import environment
from core.settings import PROJECT, Settings
from katalog.importer import import_files
from katalog.store import CatalogueStore, engine_for


class Server:
    """On a state folder with one service and its form; it keeps its address when it is started again."""

    def __init__(self, home: Path) -> None:
        self.settings = Settings(home=home, cache=CACHE, catalogue_token=TOKEN)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        (home / "antraege").mkdir()
        (home / "antraege" / "hund.json").write_text(json.dumps(FORM), "utf-8")
        import_files(CatalogueStore(engine_for(self.settings)), {"hund.jsonl": lines(RECORD, RECORD | {"kennung": "katze"})}, "prüfung")

    def start(self) -> None:
        """Returns when it answers."""
        self.log = (self.settings.home / "server.log").open("ab")
        command = [sys.executable, "-m", "uvicorn", "--factory", "cli.asgi:catalogue", "--port", str(self.port), "--ws", "none"]
        command += ["--no-access-log", "--log-level", "warning"]
        self.process = subprocess.Popen(command, cwd=PROJECT, env=environment(self.settings), stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + 60
        while True:
            try:
                httpx.get(f"{self.url}/healthz", timeout=1, trust_env=False)
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
