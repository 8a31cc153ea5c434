"""Who answers in a conversation: the bot, or a person of the city. Kept in Redis, so that it outlives every process of ours.

A conversation is with the bot, unless its hash says otherwise: it waits (``wartet``), a person writes (``mensch``), or it asks for a call
back. What the desk does changes the hash and puts an act into the conversation's own queue in one script: the citizen is told in order,
exactly once, on every channel, and two who take one conversation at once cannot both get it.
"""

import secrets
import time
from dataclasses import dataclass
from typing import Literal, cast

import redis.asyncio as redis
from cryptography.fernet import InvalidToken

from connectors.gateway.keys import PREFIX
from connectors.gateway.queue import stream_of
from connectors.gateway.schemas import Act, Queued
from core.vault import Vault

State = Literal["bot", "wartet", "mensch", "rueckruf_nummer", "rueckruf_nochmal", "rueckruf_wunsch"]
HELD = ":mensch"
# Conversations that wait, by when they began to; those with a person, by since when the citizen waits for an answer (or far ahead).
WAITING = "lotse:beratung:wartend"
RUNNING = "lotse:beratung:laufend"
ANSWERED = 2**52

_ENTER = """
if redis.call('EXISTS', KEYS[1]) == 0 then return -1 end
if redis.call('HGET', KEYS[2], 'zustand') == 'mensch' then return -2 end
if not redis.call('ZSCORE', KEYS[3], ARGV[1]) and redis.call('ZCARD', KEYS[3]) >= tonumber(ARGV[4]) then return 0 end
redis.call('ZADD', KEYS[3], 'NX', ARGV[2], ARGV[1])
redis.call('HSET', KEYS[2], 'zustand', 'wartet', 'seit', ARGV[2], 'sprache', ARGV[5])
redis.call('EXPIRE', KEYS[2], ARGV[3])
return redis.call('ZRANK', KEYS[3], ARGV[1]) + 1
"""
# 1: done (or done before, by the same form sent twice); 0: not in this state, or not this person's; -1: the conversation is over.
_ACT = """
local function of(name) return redis.call('HGET', KEYS[2], name) or '' end
if redis.call('EXISTS', KEYS[1]) == 0 then return -1 end
if redis.call('HEXISTS', KEYS[6], ARGV[1]) == 1 or redis.call('HEXISTS', KEYS[5], ARGV[1]) == 1 then return 1 end
if of('zustand') ~= ARGV[4] or (ARGV[5] ~= '' and of('wer') ~= ARGV[5]) then return 0 end
local list = ARGV[4] == 'wartet' and KEYS[3] or KEYS[4]
if ARGV[9] ~= '' and tonumber(redis.call('ZSCORE', list, ARGV[2]) or '0') > tonumber(ARGV[9]) then return 0 end
if ARGV[8] == 'nimmt' then
  redis.call('ZREM', KEYS[3], ARGV[2])
  redis.call('ZADD', KEYS[4], ARGV[7], ARGV[2])
  redis.call('HSET', KEYS[2], 'zustand', 'mensch', 'seit', ARGV[7], 'wer', ARGV[10], 'name', ARGV[11])
elseif ARGV[8] == 'sagt' then
  redis.call('ZADD', KEYS[4], ARGV[12], ARGV[2])
elseif ARGV[8] ~= 'rueckt' then
  redis.call('ZREM', KEYS[3], ARGV[2])
  redis.call('ZREM', KEYS[4], ARGV[2])
  redis.call('DEL', KEYS[2])
end
redis.call('HSET', KEYS[5], ARGV[1], '1')
redis.call('EXPIRE', KEYS[5], ARGV[6])
redis.call('XADD', KEYS[7], '*', 'gespraech', ARGV[2], 'inhalt', ARGV[3])
return 1
"""


@dataclass(frozen=True)
class Held:
    """The state of a conversation. ``seit``: Unix seconds; ``wer``: the account, ``name``: as citizens see them."""

    zustand: State = "bot"
    seit: str = ""
    wer: str = ""
    name: str = ""
    sprache: str = "de"
    nummer: str = ""


class Handover:
    """Raises RedisError from every method. ``places``: how many may wait at once."""

    def __init__(self, store: "redis.Redis", vault: Vault, seconds: int, places: int) -> None:
        self._redis = store
        self._vault = vault
        self._seconds = seconds
        self._places = places

    async def held(self, conversation: str) -> Held:
        """Who answers."""
        kept: dict[bytes, bytes] = await self._redis.hgetall(PREFIX + conversation + HELD)
        return Held(**{name.decode(): value.decode() for name, value in kept.items()}) if kept else Held()  # type: ignore[arg-type]

    async def enter(self, conversation: str, language: str) -> int:
        """Puts it at the end of the queue, once; its place from 1. 0: no place is free; below 0: over, or with a person already."""
        key = PREFIX + conversation
        return cast(
            int, await self._redis.eval(_ENTER, 3, key, key + HELD, WAITING, conversation, _now(), self._seconds, self._places, language)
        )

    async def place(self, conversation: str) -> int:
        """Its place in the queue from 1; 0 where it does not wait."""
        rank: int | None = await self._redis.zrank(WAITING, conversation)
        return 0 if rank is None else rank + 1

    async def ask(self, conversation: str, state: State, language: str, number: str = "") -> None:
        """The next message is what a call back needs: the telephone number, then the wish. The number is sealed."""
        key = PREFIX + conversation + HELD
        sealed = self._vault.seal(number.encode()).decode() if number else ""
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.hset(key, mapping={"zustand": state, "seit": _now(), "sprache": language, "nummer": sealed})
            pipe.expire(key, self._seconds)
            await pipe.execute()

    def number(self, held: Held) -> str:
        """The telephone number told before; empty where it cannot be opened."""
        try:
            return self._vault.open(held.nummer.encode()).decode()
        except InvalidToken:
            return ""

    async def leave(self, conversation: str) -> None:
        """Back to the bot, as the citizen wishes."""
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.delete(PREFIX + conversation + HELD)
            pipe.zrem(WAITING, conversation)
            pipe.zrem(RUNNING, conversation)
            await pipe.execute()

    async def act(
        self, conversation: str, act: Act, state: State, *, wer: str = "", by: str = "", message_id: str = "", latest: float | None = None
    ) -> int:
        """Does what the desk wants where the conversation is in ``state`` (and is ``wer``'s), and lets the citizen know.

        ``by``: who takes it. ``latest``: only where the moment in its list is not after this. ``message_id``: the same twice is once.
        1: done; 0: it is not so (any more); -1: the conversation is over.
        """
        key, message_id = PREFIX + conversation, message_id or f"amt-{secrets.token_urlsafe(12)}"
        spoken = act.model_copy(update={"sprache": (await self.held(conversation)).sprache})
        sealed = self._vault.seal(Queued(message_id=message_id, text="", amt=spoken).model_dump_json().encode())
        keys = (key, key + HELD, WAITING, RUNNING, f"{key}:unterwegs", f"{key}:antworten", stream_of(conversation))
        values = (message_id, conversation, sealed, state, wer, self._seconds, _now(), act.was, "" if latest is None else latest,
                  by, act.name, ANSWERED)  # fmt: skip
        done = cast(int, await self._redis.eval(_ACT, len(keys), *keys, *values))
        if done < 0:
            await self.leave(conversation)
        return done

    async def move_up(self) -> None:
        """Tells those who wait their new place."""
        for place, (conversation, _) in enumerate(await self.waiting(), 1):
            await self.act(conversation, Act(was="rueckt", platz=place), "wartet")

    async def waiting(self) -> list[tuple[str, float]]:
        """(conversation, since when), oldest first; those whose conversation is over are taken out."""
        return await self._living(WAITING)

    async def running(self) -> list[tuple[str, float]]:
        """(conversation, since when the citizen waits for an answer), longest first."""
        return await self._living(RUNNING)

    async def _living(self, name: str) -> list[tuple[str, float]]:
        listed: list[tuple[bytes, float]] = await self._redis.zrange(name, 0, -1, withscores=True)
        found = []
        for raw, moment in listed:
            conversation = raw.decode()
            if await self._redis.exists(PREFIX + conversation):
                found.append((conversation, moment))
            else:
                await self._redis.zrem(name, conversation)
        return found

    async def sweep(self, nobody: float, silent: float) -> None:
        """Gives back to the bot whom nobody took for ``nobody`` seconds, and whom their person left without an answer for ``silent``."""
        now = time.time()
        taken_out = False
        for conversation, since in await self.waiting():
            if since <= now - nobody:
                taken_out |= await self.act(conversation, Act(was="niemand"), "wartet", latest=now - nobody) == 1
        for conversation, since in await self.running():
            if since <= now - silent:
                name = (await self.held(conversation)).name
                await self.act(conversation, Act(was="still", name=name), "mensch", latest=now - silent)
        if taken_out:
            await self.move_up()


def waits(pipe: "redis.client.Pipeline", conversation: str) -> None:
    """The citizen has written to a person and waits from now on; if they did before, from then on."""
    pipe.zadd(RUNNING, {conversation: time.time()}, lt=True)


def _now() -> str:
    return f"{time.time():.3f}"
