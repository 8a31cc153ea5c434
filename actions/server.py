"""The action server: rasa-sdk's executor behind an application of our own, whose errors tell nothing of the tracker."""

import argparse
import logging
import zlib
from time import perf_counter
from typing import Any

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

import actions.conversation
from core.connections import KEEP_ALIVE
from core.logs import json_logs
from core.trace import trace_id, traced
from language.detection import detect
from language.masking import mask_logs

logger = logging.getLogger("actions.server")  # it runs as __main__


def create_app() -> Sanic:
    """``POST /webhook`` as rasa-sdk has it, ``GET /healthz``. A failure answers 500 with its type only (stock echoes the tracker)."""
    app = Sanic("lotse_actions", configure_logging=False)
    app.config.KEEP_ALIVE_TIMEOUT = KEEP_ALIVE
    executor = ActionExecutor()
    executor.register_package(actions.conversation)

    @app.get("/healthz")
    async def alive(_: Request) -> HTTPResponse:
        return response.json({"status": "ok"})

    @app.post("/webhook")
    async def webhook(request: Request) -> HTTPResponse:
        call: dict[str, Any] | None = request.json
        if call is None:
            return response.json({"error": "no action call"}, status=400)
        try:
            with traced(_trace_of(call)):
                begun = perf_counter()
                told = await executor.run(call)
                logger.info("%s in %d ms", call.get("next_action"), (perf_counter() - begun) * 1000)
            return response.json(told)
        except ActionExecutionRejection as error:
            return response.json({"error": error.message, "action_name": error.action_name}, status=400)
        except ActionNotFoundException as error:
            return response.json({"error": error.message, "action_name": error.action_name}, status=404)

    @app.middleware("request")
    async def inflate(request: Request) -> None:
        if request.headers.get("Content-Encoding") == "deflate":
            request.body = zlib.decompress(request.body)

    @app.exception(Exception)
    async def failed(request: Request, error: Exception) -> HTTPResponse:
        # Neither message nor traceback: both may hold what the citizen wrote.
        logger.error("action failed: %s", type(error).__name__)
        return response.json({"error": type(error).__name__}, status=500)

    return app


def _trace_of(call: dict[str, Any]) -> str | None:
    tracker = call.get("tracker") or {}
    message_id = (tracker.get("latest_message") or {}).get("message_id")
    return trace_id(tracker["sender_id"], message_id) if message_id and "sender_id" in tracker else None


def main() -> None:
    """Serves on loopback: ``python -m actions.server --port N``."""
    mask_logs()
    json_logs("actions")
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args().port
    detect("Das ist ein Satz.")  # loads what the language is told by: 4 s that the first citizen does not wait for
    create_app().run("127.0.0.1", port, access_log=False, motd=False)


if __name__ == "__main__":
    main()
