"""What was kept of each message. It stands in Redis' append-only file, where nothing is ever taken back: no second turn can hide there."""

import asyncio
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import redis.asyncio as redis

from connectors.gateway.bot import AT_ONCE
from connectors.gateway.queue import stream_of
from connectors.gateway.schemas import Message
from core.vault import Vault
from tests.conftest import Stack
from tests.stack.browser import Citizen


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    """The process stands still meanwhile."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


@dataclass
class Course:
    """Ids of the messages of one conversation, each as often and in the order as it was taken, had a turn, and was answered."""

    taken: list[str] = field(default_factory=list)
    turns: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)


class Evidence:
    """Of everything that is kept from now on."""

    def __init__(self, stack: Stack) -> None:
        self._file = stack.settings.home / "redis" / "appendonly.aof"
        self._begin = self._file.stat().st_size
        self._vault = Vault(stack.settings.secret("secret_key"))

    def of(self, citizen: Citizen) -> Course:
        """The course of one conversation."""
        course, own = Course(), citizen.id.encode()
        for name, key, *rest in self._commands():
            if name == b"XADD" and key.startswith(b"lotse:warteschlange:") and rest[2] == own:
                course.taken.append(Message.model_validate_json(self._vault.open(rest[4])).message_id)
            elif name == b"RPUSH" and key == b"lotse:tracker:" + own:
                events = json.loads(self._vault.open(rest[0]))
                course.turns += [event["message_id"] for event in events if event["event"] == "user"]
            elif name == b"HSET" and key == b"lotse:gespraech:" + own + b":antworten":
                course.answered.append(rest[0].decode())
        return course

    def _commands(self) -> Iterator[list[bytes]]:
        with self._file.open("rb") as file:
            file.seek(self._begin)
            while line := file.readline():
                words = [file.read(int(file.readline()[1:]) + 2)[:-2] for _ in range(int(line[1:]))]
                if len(words) > 1:
                    yield [words[0].upper(), *words[1:]]


async def at_the_bot(stack: Stack, crowd: list[Citizen], most: int = AT_ONCE) -> None:
    """Returns when so many turns run, or all that can: each conversation that is the first of its partition holds its lock."""
    first = {stream_of(one.id): one for one in reversed(crowd)}.values()
    async with redis.from_url(stack.settings.redis_address) as store:
        for _ in range(150):
            held = await store.exists(*(f"lotse:lock:{one.id}" for one in first))
            if held >= min(most, len(first)):
                break
            await asyncio.sleep(0.02)
    assert held >= min(most, len(first))
