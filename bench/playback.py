"""Writes many conversations through our tracker store and our gateway: ``python -m bench.playback --model FILE --actions URL``.

A few conversations are held with the real model and its actions; each of the many is one of them again, under an id of its own.
Prints a JSON object each 1,000: conversations, bytes of each in Redis, seconds.
"""

import argparse
import asyncio
import copy
import itertools
import tempfile
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.utils.endpoints import EndpointConfig

from bench.apart import printer
from bench.own_redis import OwnRedis
from bench.said import scripts
from bot.tracker_store import RedisTrackerStore
from bot.turn import RunningTurn, running
from connectors.gateway.bot import BotAnswer, BotClient
from connectors.gateway.parts import Parts, build
from connectors.gateway.schemas import Intent, Message
from core.answer import Antwort
from core.settings import Settings

TURNS, TALKS = 10, 20
AT_ONCE, BATCH = 24, 1000


@dataclass(frozen=True)
class Turn:
    """What was said, the tracker as it was kept, and the answer in both forms."""

    text: str
    tracker: Any
    answer: BotAnswer


class Recording(RedisTrackerStore):
    """Ours; notes what it keeps last."""

    last: Any = None

    async def save(self, tracker: Any) -> None:
        """As it is at this moment."""
        self.last = copy.copy(tracker)
        self.last.events = copy.copy(tracker.events)
        await super().save(tracker)


async def recorded(agent: Agent, store: Recording) -> list[list[Turn]]:
    """A few conversations of ten turns."""
    lines = itertools.chain.from_iterable(scripts())
    return [await _talk(agent, store, list(itertools.islice(lines, TURNS))) for _ in range(TALKS)]


async def _talk(agent: Agent, store: Recording, texts: list[str]) -> list[Turn]:
    sender, turns = uuid.uuid4().hex, []
    for text in texts:
        output = CollectingOutputChannel()
        await agent.handle_message(UserMessage(text, output, sender, input_channel="lotse"))
        messages = [Antwort.model_validate(one["custom"]) if "custom" in one else Antwort(text=one["text"]) for one in output.messages]
        intent = store.last.latest_message.intent
        answer = BotAnswer(messages=messages, intent=Intent(name=intent["name"], confidence=intent["confidence"]))
        turns.append(Turn(text, store.last, answer))
    return turns


class Playback(BotClient):
    """Answers at once with what the recorded conversation has next, and keeps the tracker as the bot does."""

    def __init__(self, store: RedisTrackerStore) -> None:
        super().__init__("http://127.0.0.1:9")
        self._store = store
        self.next: dict[str, Turn] = {}

    async def ask(self, conversation: str, message: str, message_id: str, typed: bool) -> BotAnswer:
        """One turn."""
        turn = self.next[conversation]
        tracker = copy.copy(turn.tracker)
        tracker.sender_id = conversation
        kept = turn.answer.model_dump(mode="json")
        with running(RunningTurn(message_id, lambda: kept)):
            await self._store.save(tracker)
        return turn.answer


async def write(parts: Parts, bot: Playback, talks: list[list[Turn]], numbers: range) -> None:
    """A conversation for each number, some side by side."""
    left = iter(numbers)

    async def one_after_another() -> None:
        for number in left:
            conversation, _ = await parts.store.create()
            for turn in talks[number % len(talks)]:
                bot.next[conversation] = turn
                message = Message(message_id=uuid.uuid4().hex, text=turn.text)
                await parts.conversations.submit(conversation, message)
                await parts.conversations.reply(conversation, message.message_id)
            del bot.next[conversation]

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(one_after_another())


async def measured(redis: OwnRedis, model: str, actions_url: str, count: int, tell: Callable[[dict[str, float]], None]) -> None:
    """Holds, writes, tells what Redis needs."""
    store = Recording(None)
    agent = Agent.load(model, tracker_store=store, action_endpoint=EndpointConfig(url=f"{actions_url}/webhook"))
    talks = await recorded(agent, store)
    bot = Playback(store)
    parts = build(Settings(), bot)
    parts.worker.start()
    before, begun = redis.used(), time.monotonic()
    for first in range(0, count, BATCH):
        await write(parts, bot, talks, range(first, written := min(first + BATCH, count)))
        each, took = round((redis.used() - before) / written), round(time.monotonic() - begun, 1)
        tell({"gespraeche": written, "byte_je_gespraech": each, "sekunden": took})
    await parts.close()


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--actions", required=True)
    parser.add_argument("--count", type=int, required=True)
    arguments, tell = parser.parse_args(), printer()
    with tempfile.TemporaryDirectory() as folder:
        redis = OwnRedis(Path(folder))
        try:
            asyncio.run(measured(redis, arguments.model, arguments.actions, arguments.count, tell))
        finally:
            redis.kill()


if __name__ == "__main__":
    main()
