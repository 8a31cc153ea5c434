"""``./lotse bench rasa``: what stock Rasa gets wrong in production, measured beside ours in one run."""

import json
from typing import Any

import redis

from bench.apart import lines
from bench.said import scripts
from bench.stack import stack
from cli.system import Running, Tell
from cli.talk import Conversation
from core.settings import Settings

TURNS, TALKS = 10, 3
# What is there once for each conversation: the Redis of a fresh system holds no others.
KEYS = ("lotse:gespraech:*", "lotse:tracker:*")


def whole_bytes(running: Running, settings: Settings) -> int:
    """What a conversation of ten turns takes in Redis with all that the gateway keeps for it, mean of three."""
    texts = [text for script in scripts() for text in script]
    for number in range(TALKS):
        talk = Conversation.begin(running, settings)
        for text in texts[number * TURNS : (number + 1) * TURNS]:
            talk.say(text)
    with redis.from_url(settings.redis_address) as look:
        used: int = sum(look.memory_usage(key, samples=0) for name in KEYS for key in look.keys(name))
    return round(used / TALKS)


def run(settings: Settings, tell: Tell, *, as_json: bool) -> None:
    """Against the actions of a running system; each of the two in a process of its own, which changes nothing for the other."""
    seen: dict[str, dict[str, Any]] = {"rasa": {}, "amtslotse": {}}
    with stack(settings, tell) as (running, own):
        for whose, values in seen.items():
            for what, value in lines("bench.defects", own, "--whose", whose):
                values[what] = value
                tell(f"  {whose}: {what}: {value}")
        seen["amtslotse"][f"Byte in Redis nach {TURNS} Zügen, mit dem Gateway"] = whole_bytes(running, own)
    if as_json:
        print(json.dumps(seen, ensure_ascii=False))
        return
    print(f"{'':58}{'Rasa':>10}{'Amtslotse':>11}")
    for what, ours in seen["amtslotse"].items():
        print(f"{what:58}{seen['rasa'].get(what, '–'):>10}{ours:>11}")
