"""The trace id of a turn, made of conversation and message id: every process knows it, and a message's log lines are found together."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# Carries it where neither conversation nor message is known: from the actions to the catalogue.
HEADER = "Lotse-Trace"
_FORM = re.compile(r"[0-9a-f]{16}")

_current: ContextVar[str | None] = ContextVar("trace", default=None)


def trace_id(conversation: str, message_id: str) -> str:
    """16 hex digits that tell nobody the conversation."""
    return hashlib.blake2b(f"{conversation} {message_id}".encode(), digest_size=8).hexdigest()


def current() -> str | None:
    """The trace id of this task, if it works on a turn."""
    return _current.get()


@contextmanager
def traced(trace: str | None) -> Iterator[None]:
    """What is logged inside belongs to this turn; a trace of another form, which came from outside, is none."""
    token = _current.set(trace if trace and _FORM.fullmatch(trace) else None)
    try:
        yield
    finally:
        _current.reset(token)
