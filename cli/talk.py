"""``./lotse talk`` and ``chat``: conversations through the same gateway, bot and actions as the website."""

import json
import time
import uuid
from typing import Any, BinaryIO, Self

import httpx

from cli.lines import lines
from cli.session import system
from cli.system import Running, Tell
from core.answer import Antwort, plain_text
from core.errors import LotseError
from core.settings import Settings


class Conversation:
    """One conversation over HTTP; a line that equals the title of an offered button presses it."""

    def __init__(self, http: httpx.Client, local: str) -> None:
        self._http = http
        self._local = {"Lotse-Local": local}
        made = http.post("/api/v1/conversations", headers=self._local).raise_for_status().json()
        self._path = f"/api/v1/conversations/{made['id']}/messages"
        self._headers = self._local | {"Authorization": f"Bearer {made['token']}"}
        self._buttons: dict[str, str] = {}

    @classmethod
    def begin(cls, running: Running, settings: Settings) -> Self:
        """A new conversation with the running system; limits do not count for the machine's owner."""
        return cls(httpx.Client(base_url=running.web_url, timeout=90, trust_env=False), settings.secret("catalogue_token"))

    def say(self, text: str) -> dict[str, Any]:
        """Sends one message and waits; {"intent", "replies", "ms"} or, for a refused one, its problem as a reply."""
        said = {"payload": self._buttons[text]} if text in self._buttons else {"text": text}
        begun = time.monotonic()
        answer = self._http.post(self._path, params={"wait": "true"}, headers=self._headers, json=said | {"message_id": uuid.uuid4().hex})
        took = round((time.monotonic() - begun) * 1000)
        if answer.status_code >= 400:
            return {"intent": None, "replies": [Antwort(text=answer.json()["detail"])], "ms": took}
        body = answer.json()
        replies = [Antwort.model_validate(one) for one in body["replies"]]
        self._buttons = {button.title: button.payload for reply in replies for button in reply.offered()}
        return {"intent": body["intent"], "replies": replies, "ms": took}


def _reply(answer: Antwort) -> dict[str, Any]:
    return {
        "text": plain_text(answer),
        "buttons": [button.model_dump() for button in answer.offered()],
        "links": [link.model_dump() for link in answer.links],
        "leistung": answer.leistung and answer.leistung.model_dump(),
        "quelle": answer.quelle and answer.quelle.model_dump(include={"titel", "url", "stand"}),
    }


def _show(replies: list[Antwort]) -> None:
    for reply in replies:
        print("\n" + plain_text(reply))
        for link in reply.links:
            print(f"  → {link.title}: {link.url}")
        if reply.offered():
            print("  " + "  ".join(f"[{button.title}]" for button in reply.offered()))
    print(flush=True)


def talk(settings: Settings, tell: Tell, stream: BinaryIO, *, as_json: bool) -> None:
    """One JSON object a message, in order; an empty line begins a new conversation."""
    with system(settings, tell) as running:
        number, conversation = 1, None
        for text in lines(stream):
            if not text.strip():
                if conversation:
                    number, conversation = number + 1, None
                continue
            conversation = conversation or Conversation.begin(running, settings)
            turn = conversation.say(text)
            if as_json:
                told = {
                    "conversation": number,
                    "text": text,
                    "intent": turn["intent"],
                    "replies": [_reply(r) for r in turn["replies"]],
                    "ms": turn["ms"],
                }
                print(json.dumps(told, ensure_ascii=False), flush=True)
            else:
                print(f"> {text}")
                _show(turn["replies"])


def chat(settings: Settings, tell: Tell) -> None:
    """A conversation at the terminal."""
    with system(settings, tell) as running:
        conversation: Conversation | None = None
        while True:
            try:
                text = input("> ")
            except EOFError:
                return
            if not text.strip():
                conversation = None
                continue
            try:
                conversation = conversation or Conversation.begin(running, settings)
                _show(conversation.say(text)["replies"])
            except httpx.HTTPError as error:
                raise LotseError(f"Der Lotse antwortet nicht ({type(error).__name__}).") from error
