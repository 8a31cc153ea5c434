"""The turn that runs: its message id and what is said, so that the tracker store can keep both in one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RunningTurn:
    """``answer`` is called when the turn is saved: everything has been said by then."""

    message_id: str
    answer: Callable[[], dict[str, Any]]


_current: ContextVar[RunningTurn | None] = ContextVar("turn", default=None)


class NoAnswer(RuntimeError):
    """Nothing was said: the action server is away. The turn is not kept and may be tried again."""


def current() -> RunningTurn | None:
    """The turn of this task, if it is one of the channel's."""
    return _current.get()


@contextmanager
def running(turn: RunningTurn) -> Iterator[None]:
    """What is saved inside belongs to this turn."""
    token = _current.set(turn)
    try:
        yield
    finally:
        _current.reset(token)
