"""The running system, or one of our own for as long as a command needs it."""

from collections.abc import Iterator
from contextlib import contextmanager

from cli.processes import free_port
from cli.system import Running, Tell, find_running, started
from core.settings import Settings


@contextmanager
def system(settings: Settings, tell: Tell) -> Iterator[Running]:
    """Uses what runs on the state folder; else starts all processes on free ports, without limits, and ends them again."""
    running = find_running(settings)
    if running:
        yield running
        return
    own = settings.model_copy(update={"port": free_port(), "messages_per_minute": 0, "new_conversations_per_minute": 0})
    with started(own, tell) as (fresh, _):
        yield fresh
