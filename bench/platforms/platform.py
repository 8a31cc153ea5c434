"""What all local platforms share: what was sent to people, faults on demand, and deliveries to our webhook."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

# A platform gives up waiting for a webhook after some seconds.
WEBHOOK_SECONDS = 10.0


@dataclass(frozen=True)
class Shown:
    """A message as a person sees it: ``options`` are (title, what comes back, description)."""

    chat: str
    text: str
    options: list[tuple[str, str, str]] = field(default_factory=list)
    form: str = ""
    at: float = 0.0


class Refusal(Exception):
    """The platform's error: status and body."""

    def __init__(self, status: int, body: Any, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(str(status))
        self.status = status
        self.body = body
        self.headers = dict(headers or {})


class LocalPlatform:
    """``down``: answers 503. ``slow``: seconds before each answer. ``most_a_second``: of messages. ``blocked``: who has blocked us."""

    def __init__(self, webhook: str) -> None:
        self.webhook = webhook
        self.app = FastAPI()
        self.shown: list[Shown] = []
        self.typing: list[str] = []
        self.blocked: set[str] = set()
        self.down = False
        self.slow = 0.0
        self.lag = 0.0  # seconds between showing a message and saying so
        self.lost = 0  # so many answers to our calls get lost on the way, although the message was shown
        self.most_a_second = 1000
        self.calls = 0
        self._times: list[float] = []
        self._count = int(time.time() * 1000)

        @self.app.exception_handler(Refusal)
        async def _refused(_: Request, error: Refusal) -> JSONResponse:
            return JSONResponse(error.body, error.status, error.headers)

    def number(self) -> int:
        """A new id; each is greater than the one before."""
        self._count += 1
        return self._count

    async def answering(self) -> None:
        """Before each answer to a call. Raises Refusal when the platform is down."""
        self.calls += 1
        await asyncio.sleep(self.slow)
        if self.down:
            raise Refusal(503, {"error": "down"})

    async def shown_one(self) -> None:
        """Before the answer to a call that has shown a message."""
        await asyncio.sleep(self.lag)

    def too_many(self) -> bool:
        """Whether this message is one too many for this second; those that were refused do not count."""
        now = time.monotonic()
        self._times = [one for one in self._times if now - one < 1]
        if len(self._times) >= self.most_a_second:
            return True
        self._times.append(now)
        return False

    def show(self, chat: str, text: str, options: list[tuple[str, str, str]], form: str = "") -> None:
        """A person sees it. Raises Refusal where the answer to it gets lost."""
        self.shown.append(Shown(chat, text, options, form, time.monotonic()))
        if self.lost:
            self.lost -= 1
            raise Refusal(504, {})

    def seen(self, chat: str) -> list[Shown]:
        """All that one person sees."""
        return [one for one in self.shown if one.chat == chat]

    async def until(self, ready: Callable[[], bool], seconds: float = 10.0) -> None:
        """Waits for something that happens in other threads. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not ready():  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    def option(self, chat: str, title: str) -> str:
        """What comes back for the latest choice of this title. Raises LookupError."""
        for one in reversed(self.seen(chat)):
            for label, token, description in one.options:
                if title in (label, description) or (label.endswith("…") and title.startswith(label.lstrip("0123456789 ")[:-1])):
                    return token
        raise LookupError(title)

    async def deliver(self, body: bytes, headers: Mapping[str, str], times: int = 1) -> list[int]:
        """The webhook's answers to a delivery, ``times`` times at once."""
        sent = {"Content-Type": "application/json"} | dict(headers)
        # verify=False: the webhook is on this machine, and reading certificates takes 30 ms.
        async with httpx.AsyncClient(timeout=WEBHOOK_SECONDS, verify=False, trust_env=False) as client:
            answers = await asyncio.gather(*(client.post(self.webhook, content=body, headers=sent) for _ in range(times)))
        return [answer.status_code for answer in answers]


class People:
    """When each person wrote last, on the platform's clock; ``later`` turns it."""

    def __init__(self) -> None:
        self._wrote: dict[str, float] = defaultdict(float)
        self.later = 0.0

    def wrote(self, chat: str) -> None:
        """Just now."""
        self._wrote[chat] = time.time() + self.later

    def known(self, chat: str) -> bool:
        """Whether the person has ever written."""
        return chat in self._wrote

    def within(self, chat: str, seconds: float) -> bool:
        """Whether that is at most ``seconds`` ago."""
        return self.known(chat) and time.time() + self.later - self._wrote[chat] <= seconds
