"""Asks the bot: one turn over Rasa's only channel, with a deadline, and with patience while Rasa restarts."""

import asyncio
import itertools
import logging
from time import monotonic
from typing import Any

import httpx
from pydantic import BaseModel, ValidationError

from connectors.gateway.address import BotAddress
from connectors.gateway.schemas import Intent
from core.answer import Antwort, Button
from core.errors import Unavailable

logger = logging.getLogger(__name__)

ADDRESS = "/webhooks/lotse"
# A citizen waits 5 s for an answer; the rest is our own way there and back.
DEADLINE = 4.5
# A killed Rasa needs about 25 s to load its model again.
PATIENCE = 45.0
# The action server is back within a few seconds; a message that it fails at each time must not hold up the others for long.
ACTIONS_PATIENCE = 20.0
# Rasa computes one turn after the other. Those beyond this number wait here, where their deadline does not run yet: with 32 at once
# a busy machine fails them all, and goes on computing what nobody waits for.
AT_ONCE = 8
# What Rasa's channel calls a turn in which nobody said anything (bot/turn.py).
NO_ANSWER = "NoAnswer"
PAUSES = (0.25, 0.5, 1.0, 2.0)


class _Restarting(Exception):
    """Nobody listens, the connection broke, or Rasa says 503. ``told``: it was Rasa that said so; ``mute``: no action answered."""

    def __init__(self, told: bool, mute: bool = False) -> None:
        self.told = told
        self.mute = mute


class _BotMessage(BaseModel):
    """One message as Rasa sends it: a semantic answer in ``custom``, or plain text with buttons."""

    text: str | None = None
    buttons: list[Button] = []
    custom: Antwort | None = None

    def answer(self) -> Antwort:
        return self.custom or Antwort(text=self.text or "", buttons=self.buttons)


class BotAnswer(BaseModel):
    """One turn: at least one semantic answer and what the bot understood; no intent where it was not asked.

    ``ranking``: the likeliest intents; ``fallback``: not surely understood; ``seconds`` of each stage inside; ``model``: its name.
    """

    messages: list[Antwort]
    intent: Intent | None
    ranking: list[tuple[str, float]] = []
    fallback: bool = False
    seconds: dict[str, float] = {}
    model: str | None = None


class BotClient:
    """One per process; close it at the end. ``url``: where the bot is, or what knows where it is now. ``transport``, ``deadline`` and
    ``patience`` are the seams for tests."""

    def __init__(self, url: str | BotAddress, deadline: float = DEADLINE, patience: float = PATIENCE,
                 transport: httpx.AsyncBaseTransport | None = None) -> None:  # fmt: skip
        self._address = url
        self._http = httpx.AsyncClient(timeout=deadline, transport=transport, trust_env=False)
        self._deadline = deadline
        self._patience = patience
        self._places = asyncio.Semaphore(AT_ONCE)

    async def ask(self, conversation: str, message: str, message_id: str, typed: bool) -> BotAnswer:
        """The answer to one message. Raises Unavailable: too late, no sense in it, or Rasa stays away."""
        body = {"sender": conversation, "message": message, "message_id": message_id, "typed": typed}
        begun = monotonic()
        for attempt in itertools.count():
            try:
                return _normalised(await self._attempt(body))
            except _Restarting as away:
                # A Rasa that is ready and says 503 twice is not restarting: the turn itself fails, and waiting does not help.
                if away.told and not away.mute and attempt > 0 and await self.ready():
                    raise Unavailable("Rasa: turn fails") from None
                pause = PAUSES[min(attempt, len(PAUSES) - 1)]
                if monotonic() - begun + pause > (min(self._patience, ACTIONS_PATIENCE) if away.mute else self._patience):
                    raise Unavailable(f"{'Actions' if away.mute else 'Rasa'}: not back in time") from None
                await asyncio.sleep(pause)
        raise AssertionError("unreachable")

    async def _attempt(self, body: dict[str, Any]) -> httpx.Response:
        try:
            async with self._places, asyncio.timeout(self._deadline):
                response = await self._http.post(f"{await self._url()}/webhook", json=body)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError):
            raise _Restarting(told=False) from None
        except (TimeoutError, httpx.HTTPError) as error:
            # Not tried again: the turn may still be running, and a second one would answer twice.
            raise Unavailable(f"Rasa: {type(error).__name__}") from None
        if response.status_code == 503:
            raise _Restarting(told=True, mute=NO_ANSWER.encode() in response.content)
        if response.status_code != 200:
            raise Unavailable(f"Rasa: status {response.status_code}")
        return response

    async def ready(self) -> bool:
        """Whether Rasa has its model loaded."""
        try:
            async with asyncio.timeout(self._deadline):
                return (await self._http.get(f"{await self._url()}/ready")).status_code == 200
        except (TimeoutError, httpx.HTTPError):
            return False

    async def _url(self) -> str:
        place = self._address if isinstance(self._address, str) else await self._address.current()
        return f"{place}{ADDRESS}"

    async def close(self) -> None:
        """Ends the pooled connections."""
        await self._http.aclose()


class _Turn(BaseModel):
    messages: list[_BotMessage]
    intent: Intent
    ranking: list[tuple[str, float]] = []
    fallback: bool = False
    seconds: dict[str, float] = {}
    model: str | None = None


def _normalised(response: httpx.Response) -> BotAnswer:
    """Rasa's answer as semantic answers. Raises Unavailable when there is none or it does not fit the schema."""
    try:
        turn = _Turn.model_validate_json(response.content)
        messages = [message.answer() for message in turn.messages]
    except ValidationError as error:
        # The places only: the values are what the bot said.
        places = sorted({".".join(map(str, one["loc"])) for one in error.errors(include_input=False)})
        logger.error("bot's answer does not fit: %s", ", ".join(places)[:500])
        raise Unavailable("Rasa: answer does not fit") from None
    if not messages or not all(message.text for message in messages):
        raise Unavailable("Rasa: empty answer")
    return BotAnswer(messages=messages, **{name: getattr(turn, name) for name in BotAnswer.model_fields if name != "messages"})
