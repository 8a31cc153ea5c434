"""A local WhatsApp: the Cloud API's messages with their limits, the window of 24 hours, and deliveries to our webhook."""

import time
from typing import Any

from fastapi import Request

from bench.platforms.meta import DAY, LocalMeta, refusal

MOST_TEXT, MOST_BUTTON_TEXT = 4096, 1024
MOST_BUTTONS, MOST_BUTTON_TITLE = 3, 20
MOST_ROWS, MOST_ROW_TITLE, MOST_ROW_DESCRIPTION, MOST_ROW_ID, MOST_LABEL = 10, 24, 72, 200, 20


def fits(texts: list[str], most: int, least: int = 1) -> bool:
    """Whether each has a length that the platform takes, and none is white space around nothing."""
    return all(least <= len(text.strip()) and len(text) <= most for text in texts)


class LocalWhatsApp(LocalMeta):
    """``number``: the id of our telephone number."""

    def __init__(self, webhook: str, token: str, secret: str, number: str) -> None:
        super().__init__(webhook, token, secret)
        self.number_id = number

        @self.app.post(f"/{number}/messages")
        async def messages(request: Request) -> Any:
            return self._message(await self.allowed(request))

        @self.app.get(f"/{number}")
        async def about(request: Request) -> Any:
            await self.allowed(request)
            return {"display_phone_number": "+49 631 0000000", "verified_name": "Amtslotse", "id": number}

    def _message(self, body: dict[str, Any]) -> Any:
        if body.get("status") == "read":
            self.typing.append(body["message_id"])
            return {"success": True}
        chat = body["to"]
        if self.too_many():
            raise refusal(429, 130429, "Rate limit hit")
        if chat in self.blocked:
            raise refusal(400, 131026, "Message undeliverable")
        if not self.people.within(chat, DAY):
            raise refusal(400, 131047, "Re-engagement message")
        if body["type"] == "text":
            if not fits([body["text"]["body"]], MOST_TEXT):
                raise refusal(400, 100, "Param text['body'] must be at most 4096 characters long.")
            self.show(chat, body["text"]["body"], [])
        else:
            self._interactive(chat, body["interactive"])
        return {"messaging_product": "whatsapp", "contacts": [{"wa_id": chat}], "messages": [{"id": f"wamid.{self.number()}"}]}

    def _interactive(self, chat: str, content: dict[str, Any]) -> None:
        text, action = content["body"]["text"], content["action"]
        if content["type"] == "button":
            replies = [button["reply"] for button in action["buttons"]]
            titles, ids = [one["title"] for one in replies], [one["id"] for one in replies]
            good = (fits([text], MOST_BUTTON_TEXT) and 1 <= len(replies) <= MOST_BUTTONS and fits(titles, MOST_BUTTON_TITLE)
                    and len(set(titles)) == len(titles))  # fmt: skip
        else:
            replies = [row for section in action["sections"] for row in section["rows"]]
            ids = [one["id"] for one in replies]
            good = (fits([text], MOST_TEXT) and fits([action["button"]], MOST_LABEL) and 1 <= len(replies) <= MOST_ROWS
                    and fits([one["title"] for one in replies], MOST_ROW_TITLE)
                    and fits([one.get("description", "") for one in replies], MOST_ROW_DESCRIPTION, 0))  # fmt: skip
        if not good or not fits(ids, MOST_ROW_ID) or len(set(ids)) < len(ids):
            raise refusal(400, 131009, "Parameter value is not valid")
        self.show(chat, text, [(one["title"], one["id"], one.get("description", "")) for one in replies], content["type"])

    def delivery(self, chat: str, *, id: str | None = None, sent: int | None = None, **content: Any) -> dict[str, Any]:
        """A delivery with a message of this person."""
        self.people.wrote(chat)
        # The real ids hold the number, too.
        message = {"from": chat, "id": id or f"wamid.{chat}.{self.number()}", "timestamp": str(sent or int(time.time())), **content}
        return self.changed(messages=[message], contacts=[{"profile": {"name": "Erika"}, "wa_id": chat}])

    def changed(self, **value: Any) -> dict[str, Any]:
        """A delivery of the field "messages"."""
        metadata = {"display_phone_number": "496310000000", "phone_number_id": self.number_id}
        change = {"field": "messages", "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}
        return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}

    async def say(self, chat: str, text: str, times: int = 1) -> list[int]:
        """A person writes."""
        return await self.post(self.delivery(chat, type="text", text={"body": text}), times)

    async def press(self, chat: str, title: str, times: int = 1) -> list[int]:
        """A person presses a button or chooses a row. Raises LookupError."""
        token = self.option(chat, title)
        form = next(one.form for one in reversed(self.seen(chat)) if any(token == option[1] for option in one.options))
        kind = "button_reply" if form == "button" else "list_reply"
        return await self.push(chat, token, times, kind)

    async def push(self, chat: str, token: str, times: int = 1, kind: str = "button_reply") -> list[int]:
        """What a button sends, wherever it comes from."""
        chosen = {"type": kind, kind: {"id": token, "title": "…"}}
        return await self.post(self.delivery(chat, type="interactive", interactive=chosen), times)
