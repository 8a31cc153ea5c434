"""The whole system as the benches measure it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.processes import free_port
from cli.system import Running, Tell, started
from core.settings import Settings

# The machine that the figures are for.
CORES = 2


def on_two_cores() -> None:
    """Keeps this process, and all that it starts from now on, on two cores."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])


@contextmanager
def stack(settings: Settings, tell: Tell) -> Iterator[tuple[Running, Settings]]:
    """The whole system on two cores, without limits, in a folder of its own but with the models that are there; its settings."""
    on_two_cores()
    with tempfile.TemporaryDirectory() as folder:
        own = settings.model_copy(
            update={"home": Path(folder) / "lotse", "cache": settings.cache_folder, "port": free_port(), "redis_url": None,
                    "database_url": None, "messages_per_minute": 0, "new_conversations_per_minute": 0}
        )  # fmt: skip
        with started(own, tell) as (running, supervisor):
            actions = next(child.process.ready for child in supervisor.children if child.process.name == "actions")
            addresses = {"catalogue_url": running.catalogue_url, "actions_url": actions.removesuffix("/healthz")}
            yield running, own.model_copy(update=addresses)
