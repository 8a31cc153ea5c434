"""A small server in the bot's place, and not Rasa: what is tested is how the gateway behaves when its bot is slow, wrong or gone,
and Rasa needs half a minute to start. The contract is the channel's, see bot/channel.py.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse


class FakeBot:
    """Answers as the channel does. ``turns`` holds what it was asked; ``reply`` decides what it says."""

    def __init__(self) -> None:
        self.reset()
        self.app = FastAPI()

        @self.app.post("/webhooks/lotse/webhook")
        async def webhook(request: Request) -> Any:
            turn = await request.json()
            self.turns.append(turn)
            await asyncio.sleep(self.seconds)
            return self.reply(turn)

        @self.app.get("/webhooks/lotse/ready")
        async def ready() -> JSONResponse:
            return JSONResponse({}, 200 if self.ready else 503)

        @self.app.delete("/antraege/v1/entwuerfe/{draft}")
        async def delete_draft(draft: str) -> JSONResponse:
            self.deleted_drafts.append(draft)
            return JSONResponse(None, 204 if self.ready else 503)

        @self.app.get("/healthz")
        async def alive() -> dict[str, str]:
            return {"status": "ok"}

    def reset(self) -> None:
        """As new: one server serves all tests, because starting and stopping one takes 0.2 s."""
        self.turns: list[dict[str, Any]] = []
        self.deleted_drafts: list[str] = []
        self.seconds = 0.0
        self.ready = True
        self.reply: Callable[[dict[str, Any]], Any] = self.echo

    def echo(self, turn: dict[str, Any]) -> Any:
        custom = {
            "version": 1,
            "text": f"Sie schrieben: {turn['message']}",
            "buttons": [{"title": "Was kostet das?", "payload": '/frage_kosten{"leistung": "L1"}'}],
        }
        return {"messages": [{"custom": custom}], "intent": {"name": "leistung_suchen", "confidence": 0.9}}
