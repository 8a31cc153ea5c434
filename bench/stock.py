"""Stock Rasa beside ours: the same model, the same actions, but Rasa's own REST channel, lock store and tracker store."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from cli.processes import Process, embedded_redis, free_port
from cli.supervisor import Supervisor
from cli.system import Tell
from cli.training import environment, model_path
from core.settings import Settings

ADDRESS = "127.0.0.1"


def redis_on_port(folder: Path) -> tuple[Process, int]:
    """A Redis with the options of the embedded one, on a port: Rasa's own stores know no socket."""
    process, port = embedded_redis(Settings(home=folder)), free_port()
    return Process("redis", [*process.command, "--port", str(port), "--bind", ADDRESS], f"redis://{ADDRESS}:{port}"), port


def configured(folder: Path, redis_port: int, actions_url: str) -> tuple[Path, Path]:
    """endpoints.yml and credentials.yml as Rasa's documentation has them for Redis."""
    redis = {"type": "redis", "url": ADDRESS, "port": redis_port}
    content = {
        "endpoints.yml": {
            "action_endpoint": {"url": f"{actions_url}/webhook"},
            "tracker_store": {**redis, "db": 0},
            "lock_store": {**redis, "db": 1},
        },
        "credentials.yml": {"rest": None},
    }
    for name, told in content.items():
        (folder / name).write_text(yaml.safe_dump(told), "utf-8")
    return folder / "endpoints.yml", folder / "credentials.yml"


@contextmanager
def stock_rasa(settings: Settings, tell: Tell) -> Iterator[tuple[str, dict[str, int]]]:
    """Gives its address and its processes. ``settings``: of the running system, whose actions and NLU components it uses."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        redis, redis_port = redis_on_port(folder)
        endpoints, credentials = configured(folder, redis_port, settings.actions_url)
        command = [sys.executable, "-m", "rasa", "run", "--model", str(model_path(settings)), "--endpoints", str(endpoints),
                   "--credentials", str(credentials), "--interface", ADDRESS, "--port", str(port)]  # fmt: skip
        rasa = Process("rasa", command, f"http://{ADDRESS}:{port}/webhooks/rest/")
        supervisor = Supervisor([redis, rasa], environment(settings), folder / "logs", tell)
        supervisor.start()
        try:
            yield f"http://{ADDRESS}:{port}", {child.process.name: child.popen.pid for child in supervisor.children if child.popen}
        finally:
            supervisor.stop()
