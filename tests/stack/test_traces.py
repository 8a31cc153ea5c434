"""The logs of a running system: one message can be followed from the gateway to the catalogue."""

import json
import secrets
from typing import Any

import httpx
import pytest

from core.trace import trace_id
from tests.conftest import Stack

pytestmark = [pytest.mark.stack, pytest.mark.bot]


def lines(stack: Stack, process: str) -> list[dict[str, Any]]:
    """What the process logged. What Rasa's libraries print while they are imported, before any of our code, is no JSON."""
    told = (stack.settings.logs / f"{process}.log").read_text("utf-8").splitlines()
    return [json.loads(line) for line in told if line.startswith("{")]


def test_a_message_is_found_in_each_log_by_its_trace(stack: Stack) -> None:
    message_id = secrets.token_hex(8)
    with httpx.Client(base_url=stack.running.web_url, timeout=60) as http:
        conversation = http.post("/api/v1/conversations").json()
        own = {"Authorization": f"Bearer {conversation['token']}"}
        body = {"text": "Was kostet ein Reisepass?", "message_id": message_id}
        http.post(f"/api/v1/conversations/{conversation['id']}/messages", params={"wait": "true"}, json=body, headers=own)
    trace = trace_id(conversation["id"], message_id)
    for process in ("web", "rasa", "actions", "catalogue"):
        assert any(line.get("trace") == trace for line in lines(stack, process)), process


def test_the_numbers_tell_each_stage(stack: Stack) -> None:
    stack.conversation().say("Was kostet ein Reisepass?")
    told = httpx.get(f"{stack.running.web_url}/metrics", timeout=5).text
    for stage in ("queue", "nlu", "dialogue", "keep"):
        assert f'lotse_stage_seconds_count{{stage="{stage}"}}' in told
    for name in ("lotse_fallbacks_total", "lotse_queue_depth", "lotse_dependency_failures"):
        assert name in told
