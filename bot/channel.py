"""The only way into Rasa: messages from the gateway, on loopback. Every failure is a 503, never an empty 200."""

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.core.tracker_store import FailSafeTrackerStore
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.action_result import check_quickly
from bot.turn import RunningTurn, running
from core.logs import json_logs
from core.trace import trace_id, traced
from language.masking import mask_logs

logger = logging.getLogger(__name__)
mask_logs()  # Rasa loads this module before the first message
json_logs("rasa")
check_quickly()
# The likeliest intents, told to staff.
RANKED = 3


class LotseInput(InputChannel):
    """``POST /webhooks/lotse/webhook`` for a turn, ``/parse`` for the NLU alone, ``GET /ready``."""

    @classmethod
    def name(cls) -> str:
        """Part of the address."""
        return "lotse"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[None]]) -> Blueprint:
        """The routes."""
        routes = Blueprint("lotse")
        understood: set[str] = set()

        @routes.get("/ready")
        async def ready(request: Request) -> HTTPResponse:
            agent = request.app.ctx.agent
            if agent is None or not agent.is_ready():
                return response.json({}, 503)
            if agent.model_id not in understood:
                await agent.parse_message("Guten Tag")  # the first sentence loads what the next ones use
                understood.add(agent.model_id)
            return response.json({}, 200)

        @routes.post("/parse")
        async def parse(request: Request) -> HTTPResponse:
            texts: list[str] = request.json["texts"]
            return response.json([await request.app.ctx.agent.parse_message(typed(text)) for text in texts])

        @routes.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            # Shielded: a gateway that hangs up must not cut a turn in half.
            try:
                with traced(trace_id(request.json["sender"], request.json["message_id"])):
                    return response.json(await asyncio.shield(turn(request, request.json)))
            except Exception as error:
                # The type only: the text may stand in the message.
                logger.error("turn %s failed: %s", request.json.get("message_id"), type(error).__name__)
                return response.json({"error": type(error).__name__}, 503)

        async def turn(request: Request, body: dict[str, Any]) -> dict[str, Any]:
            agent: Agent = request.app.ctx.agent
            fail_loudly(agent)
            text = typed(body["message"]) if body.get("typed", True) else body["message"]
            begun = perf_counter()
            parsed = await agent.parse_message(text)
            understood_after = perf_counter() - begun
            output = CollectingOutputChannel()

            def answer() -> dict[str, Any]:
                return {
                    "messages": [_message(one) for one in output.messages],
                    "intent": real_intent(parsed),
                    "ranking": [(one["name"], one["confidence"]) for one in _ranked(parsed)[:RANKED]],
                    "fallback": parsed["intent"]["name"] == "nlu_fallback",
                    "model": agent.processor.model_filename.removesuffix(".tar.gz"),
                }

            message = UserMessage(text, output, body["sender"], parse_data=parsed, input_channel=self.name(), message_id=body["message_id"])
            async with agent.lock_store.lock(body["sender"]):
                # Delivered again, because the way back broke: said again, not done again.
                known = await agent.tracker_store.answer(body["sender"], body["message_id"])
                if known is not None:
                    return known
                with running(RunningTurn(body["message_id"], answer)):
                    await agent.processor.handle_message(message)
            seconds = perf_counter() - begun
            logger.info("turn in %d ms, %d of them to understand", seconds * 1000, understood_after * 1000)
            return answer() | {"seconds": {"nlu": understood_after, "dialogue": seconds - understood_after}}

        return routes


def fail_loudly(agent: Agent) -> None:
    """Takes away Rasa's fallback to a store in memory that is never read again: a turn that cannot be kept is not answered."""
    for holder in (agent, agent.processor):
        if isinstance(holder.tracker_store, FailSafeTrackerStore):
            holder.tracker_store = holder.tracker_store._tracker_store


def real_intent(parsed: dict[str, Any]) -> dict[str, Any]:
    """The best intent and its confidence; the fallback is a way of acting, no intent."""
    best: dict[str, Any] = next(iter(_ranked(parsed)), parsed["intent"])
    return {"name": best["name"], "confidence": best["confidence"]}


def _ranked(parsed: dict[str, Any]) -> list[dict[str, Any]]:
    ranking = parsed.get("intent_ranking") or [parsed["intent"]]
    return [one for one in ranking if one["name"] != "nlu_fallback"]


def _message(sent: dict[str, Any]) -> dict[str, Any]:
    """One message of Rasa's collector, its buttons with complete payloads."""
    kept = {key: value for key, value in sent.items() if key in ("text", "buttons", "custom")}
    if "buttons" in kept:
        kept["buttons"] = [{"title": one["title"], "payload": _payload(one)} for one in kept["buttons"]]
    return kept


def _payload(button: dict[str, str]) -> str:
    service = button.get("leistung")
    return button["payload"] + (json.dumps({"leistung": service}) if service else "")


def typed(text: str) -> str:
    """What a citizen typed is never a command: Rasa would read a leading "/" as one."""
    return re.sub(r"^[\s/／]+", "", text) or "…"  # in one go: "/ /restart" leaves no slash either
