"""Log lines: JSON, with the trace of the turn, masked."""

import json
import logging
import subprocess
import sys

import pytest

from core.logs import JsonFormatter
from core.settings import PROJECT
from core.trace import current, trace_id, traced


def line(message: str, **more: object) -> dict[str, object]:
    record = logging.LogRecord("bot.channel", logging.INFO, __file__, 1, message, None, None)
    record.__dict__ |= more
    told: dict[str, object] = json.loads(JsonFormatter("rasa").format(record))
    return told


def test_a_line_tells_when_where_and_of_which_turn() -> None:
    trace = trace_id("gespraech", "m1")
    with traced(trace):
        told = line("fertig\nzweite Zeile")
    assert told["trace"] == trace
    assert (told["level"], told["process"], told["logger"]) == ("info", "rasa", "bot.channel")
    assert told["message"] == "fertig\nzweite Zeile"
    assert str(told["time"]).endswith("+00:00")


def test_outside_of_a_turn_there_is_no_trace() -> None:
    assert "trace" not in line("fertig")


@pytest.mark.parametrize("forged", ["", "x" * 16, "0123456789abcdef\n{}", "0123456789ABCDEF", "0" * 17])
def test_a_forged_trace_is_none(forged: str) -> None:
    with traced(forged):
        assert current() is None


def test_a_trace_is_stable_and_tells_no_conversation() -> None:
    assert trace_id("a", "b") == trace_id("a", "b") != trace_id("a", "c")
    assert "a b" not in trace_id("a", "b")


def test_a_process_writes_masked_json_and_hears_others_only_when_something_is_wrong() -> None:
    code = (
        "import logging; from core.logs import json_logs; from language.masking import mask_logs; mask_logs(); json_logs('web');"
        "logging.getLogger('connectors.x').info('von %s', 'amelie@example.org'); logging.getLogger('httpx').info('GET /suche?q=geheim');"
        "logging.getLogger('uvicorn.error').warning('weg')"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=PROJECT, check=True)
    told = [json.loads(one) for one in ran.stderr.splitlines()]
    assert [one["message"] for one in told] == ["von [E-Mail]", "weg"]
