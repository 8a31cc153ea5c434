"""What was said lately, in clear but sealed: for the person who takes a conversation over, and for nobody else. It goes with it."""

import json
import time

import redis.asyncio as redis
from cryptography.fernet import InvalidToken
from pydantic import BaseModel

from connectors.gateway.keys import PREFIX
from connectors.gateway.schemas import Queued, Reply
from core.answer import plain_text
from core.vault import Vault

KEPT = ":mitschrift"
# As much as a person reads before they answer; with an hour of writing, the beginning goes.
MOST = 80


class Line(BaseModel):
    """One thing said. ``von``: buerger, knopf (the intent of a button they pressed), lotse or mensch; ``zeit``: Unix seconds."""

    von: str
    text: str
    zeit: float


def add(pipe: "redis.client.Pipeline", vault: Vault, conversation: str, message: Queued | None, reply: Reply) -> None:
    """Writes a turn, within the transaction that keeps its answer; of a form nothing."""
    if message is None or any(one.vertraulich for one in reply.replies):
        return
    said = [] if message.amt else [("buerger", message.text) if message.payload is None else ("knopf", message.payload.partition("{")[0])]
    lines = [*said, *((one.absender, plain_text(one.model_copy(update={"absender_name": None}))) for one in reply.replies)]
    key = PREFIX + conversation + KEPT
    for who, text in lines:
        if text:
            pipe.rpush(key, vault.seal(json.dumps([who, text, round(time.time(), 3)]).encode()))
    pipe.ltrim(key, -MOST, -1)


async def read(store: "redis.Redis", vault: Vault, conversation: str) -> list[Line]:
    """Oldest first; what was sealed with an earlier key is left out. Raises RedisError."""
    found = []
    for sealed in await store.lrange(PREFIX + conversation + KEPT, 0, -1):
        try:
            who, text, moment = json.loads(vault.open(sealed))
        except InvalidToken:
            continue
        found.append(Line(von=who, text=text, zeit=moment))
    return found
