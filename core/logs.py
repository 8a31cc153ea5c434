"""Logs as JSON, one object a line: what a city's log collector reads without rules of its own."""

import json
import logging
from datetime import UTC, datetime

from core import trace

# Of others we hear what goes wrong; our own rooms tell each turn.
ROOMS = ("actions", "bot", "connectors", "katalog")
# They bring handlers of their own, which would write each line a second time and as plain text.
_OWN_HANDLERS = ("uvicorn", "uvicorn.error", "uvicorn.access", "sanic.root", "sanic.error", "sanic.access")


class JsonFormatter(logging.Formatter):
    """``time`` (UTC), ``level``, ``process``, ``logger``, ``trace`` (of a turn), ``message``, ``exception`` (where there is one)."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": self._process,
            "logger": record.name,
            "trace": trace.current(),
            "message": record.getMessage(),
            "exception": record.exc_text or (self.formatException(record.exc_info) if record.exc_info else None),
        }
        return json.dumps({key: value for key, value in told.items() if value is not None}, ensure_ascii=False)


def json_logs(process: str) -> None:
    """For the whole process, to stderr; the supervisor writes that into the process's file."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter(process))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in _OWN_HANDLERS:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    for room in ROOMS:
        logging.getLogger(room).setLevel(logging.INFO)
