"""A local Messenger: the Send API with its limits, the window of 24 hours, and deliveries to our webhook."""

import time
from typing import Any

from fastapi import Request

from bench.platforms.meta import DAY, LocalMeta, refusal
from bench.platforms.whatsapp import fits

MOST_TEXT, MOST_REPLIES, MOST_TITLE, MOST_PAYLOAD = 2000, 13, 20, 1000
MOST_TEMPLATE_TEXT, MOST_TEMPLATE_BUTTONS = 640, 3
WINDOW = 2018278


class LocalMessenger(LocalMeta):
    """One page."""

    def __init__(self, webhook: str, token: str, secret: str) -> None:
        super().__init__(webhook, token, secret)

        @self.app.post("/me/messages")
        async def messages(request: Request) -> Any:
            return self._message(await self.allowed(request))

        @self.app.get("/me")
        async def about(request: Request) -> Any:
            await self.allowed(request)
            return {"name": "Amtslotse", "id": "1"}

        @self.app.get("/me/subscribed_apps")
        async def subscribed(request: Request) -> Any:
            await self.allowed(request)
            return {"data": [{"id": "2", "subscribed_fields": ["messages", "messaging_postbacks"]}]}

    def _message(self, body: dict[str, Any]) -> Any:
        chat = body["recipient"]["id"]
        if "sender_action" in body:
            self.typing.append(chat)
            return {"recipient_id": chat}
        if self.too_many():
            raise refusal(400, 613, "Calls to this API have exceeded the rate limit")
        if chat in self.blocked:
            raise refusal(400, 551, "This person isn't available right now.")
        if not self.people.within(chat, DAY):
            raise refusal(400, 10, "This message is sent outside of allowed window.", WINDOW)
        message = body["message"]
        if "attachment" in message:
            payload = message["attachment"]["payload"]
            self._show(chat, payload["text"], payload["buttons"], "template", MOST_TEMPLATE_TEXT, MOST_TEMPLATE_BUTTONS)
        else:
            self._show(chat, message["text"], message.get("quick_replies", []), "quick_replies", MOST_TEXT, MOST_REPLIES)
        return {"recipient_id": chat, "message_id": f"m_{self.number()}"}

    def _show(self, chat: str, text: str, options: list[dict[str, str]], form: str, most_text: int, most: int) -> None:
        titles, payloads = [one["title"] for one in options], [one["payload"] for one in options]
        if not fits([text], most_text):
            raise refusal(400, 100, f"Length of param message[text] must be less than or equal to {most_text}")
        if len(options) > most or not fits(titles, MOST_TITLE) or not fits(payloads, MOST_PAYLOAD):
            raise refusal(400, 100, "Invalid parameter")
        self.show(chat, text, [(title, payload, "") for title, payload in zip(titles, payloads, strict=True)], form if options else "")

    def delivery(self, chat: str, *, sent: int | None = None, **content: Any) -> dict[str, Any]:
        """A delivery with a message or a press of this person."""
        self.people.wrote(chat)
        at = sent or int(time.time() * 1000)
        messaging = {"sender": {"id": chat}, "recipient": {"id": "1"}, "timestamp": at, **content}
        return {"object": "page", "entry": [{"id": "1", "time": at, "messaging": [messaging]}]}

    async def say(self, chat: str, text: str, times: int = 1) -> list[int]:
        """A person writes."""
        return await self.post(self.delivery(chat, message={"mid": f"m_{self.number()}", "text": text}), times)

    async def press(self, chat: str, title: str, times: int = 1) -> list[int]:
        """A person presses a button that is still shown. Raises LookupError."""
        token = self.option(chat, title)
        at = next(number for number, one in enumerate(self.seen(chat)) if any(token == option[1] for option in one.options)
                  and not any(token == option[1] for later in self.seen(chat)[number + 1 :] for option in later.options))  # fmt: skip
        if self.seen(chat)[at].form != "quick_replies":
            return await self.push(chat, token, times)
        if at < len(self.seen(chat)) - 1:
            raise LookupError(f"{title}: quick replies are gone with the next message")
        message = {"mid": f"m_{self.number()}", "text": title[:MOST_TITLE], "quick_reply": {"payload": token}}
        return await self.post(self.delivery(chat, message=message), times)

    async def push(self, chat: str, token: str, times: int = 1) -> list[int]:
        """What a button of a template sends, wherever it comes from."""
        return await self.post(self.delivery(chat, postback={"mid": f"m_{self.number()}", "title": "…", "payload": token}), times)
