"""A local Telegram: the Bot API's methods that we call, its errors in its words, and updates to our webhook."""

import json
import time
from typing import Any

from fastapi import Request

from bench.platforms.platform import LocalPlatform, People, Refusal

MOST_TEXT, MOST_DATA, MOST_BUTTONS = 4096, 64, 100


def refusal(status: int, description: str, **parameters: Any) -> Refusal:
    """An error as the Bot API gives it."""
    body = {"ok": False, "error_code": status, "description": description}
    return Refusal(status, body | ({"parameters": parameters} if parameters else {}))


class LocalTelegram(LocalPlatform):
    """``token`` of the bot; ``secret`` that deliveries show. ``flood_seconds``: what a 429 says to wait."""

    def __init__(self, webhook: str, token: str, secret: str) -> None:
        super().__init__(webhook)
        self.secret = secret
        self.people = People()
        self.flood_seconds = 1
        self.answered: set[str] = set()
        self.registered: dict[str, Any] = {}
        self._queries: set[str] = set()

        @self.app.post("/bot{given}/{method}")
        async def call(request: Request, given: str, method: str) -> dict[str, Any]:
            await self.answering()
            if given != token:
                raise refusal(401, "Unauthorized")
            body = json.loads(await request.body() or b"{}")
            found = getattr(self, f"_{method}", None)
            if found is None:
                raise refusal(404, "Not Found")
            result = found(body)
            if method == "sendMessage":
                await self.shown_one()
            return {"ok": True, "result": result}

    def _getMe(self, _: dict[str, Any]) -> Any:
        return {"id": 1, "is_bot": True, "first_name": "Amtslotse", "username": "amtslotse_bot"}

    def _getWebhookInfo(self, _: dict[str, Any]) -> Any:
        told = {"url": self.registered.get("url", ""), "allowed_updates": self.registered.get("allowed_updates", [])}
        return told | {"pending_update_count": 0}

    def _setWebhook(self, body: dict[str, Any]) -> Any:
        if not body["url"].startswith("https://"):
            raise refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        self.registered = body
        return True

    def _setMyCommands(self, body: dict[str, Any]) -> Any:
        return bool(body["commands"])

    def _sendChatAction(self, body: dict[str, Any]) -> Any:
        self.typing.append(str(body["chat_id"]))
        return True

    def _answerCallbackQuery(self, body: dict[str, Any]) -> Any:
        if body["callback_query_id"] not in self._queries:
            raise refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.answered.add(body["callback_query_id"])
        return True

    def _sendMessage(self, body: dict[str, Any]) -> Any:
        chat, text = str(body["chat_id"]), body["text"]
        rows = body.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = [button for row in rows for button in row]
        if self.too_many():
            raise refusal(429, f"Too Many Requests: retry after {self.flood_seconds}", retry_after=self.flood_seconds)
        if not self.people.known(chat):
            raise refusal(400, "Bad Request: chat not found")
        if chat in self.blocked:
            raise refusal(403, "Forbidden: bot was blocked by the user")
        if not text.strip():
            raise refusal(400, "Bad Request: message text is empty")
        if len(text) > MOST_TEXT:
            raise refusal(400, "Bad Request: message is too long")
        if any(not 1 <= len(button["callback_data"].encode()) <= MOST_DATA or not button["text"].strip() for button in buttons):
            raise refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        if len(buttons) > MOST_BUTTONS:
            raise refusal(400, "Bad Request: reply markup is too long")
        self.show(chat, text, [(button["text"], button["callback_data"], "") for button in buttons], "keyboard" if buttons else "")
        return {"message_id": self.number(), "date": int(time.time()), "chat": {"id": body["chat_id"], "type": "private"}, "text": text}

    def update(self, chat: str, number: int | None = None, **message: Any) -> dict[str, Any]:
        """An update with a message of this person."""
        number = number or self.number()
        self.people.wrote(chat)
        person = {"id": int(chat), "is_bot": False, "first_name": "Erika"}
        told = {"message_id": number, "date": int(time.time()), "chat": {"id": int(chat), "type": "private"}, "from": person}
        return {"update_id": number, "message": told | message}

    def pressed(self, chat: str, data: str) -> dict[str, Any]:
        """An update with a pressed button."""
        number = self.number()
        self._queries.add(str(number))
        message = self.update(chat, text="…")["message"]
        return {"update_id": number, "callback_query": {"id": str(number), "from": message["from"], "message": message, "data": data}}

    async def post(self, update: Any, times: int = 1, secret: str | None = None) -> list[int]:
        """Delivers an update."""
        body = update if isinstance(update, bytes) else json.dumps(update).encode()
        return await self.deliver(body, {"X-Telegram-Bot-Api-Secret-Token": self.secret if secret is None else secret}, times)

    async def say(self, chat: str, text: str, times: int = 1) -> list[int]:
        """A person writes."""
        return await self.post(self.update(chat, text=text), times)

    async def press(self, chat: str, title: str, times: int = 1) -> list[int]:
        """A person presses a button that is shown. Raises LookupError."""
        return await self.push(chat, self.option(chat, title), times)

    async def push(self, chat: str, token: str, times: int = 1) -> list[int]:
        """What a button sends, wherever it comes from."""
        return await self.post(self.pressed(chat, token), times)
