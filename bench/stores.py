"""``./lotse bench stores``: what 10,000 conversations of ten turns take in Redis, the bot's and the gateway's share together."""

import json

from bench.apart import lines
from bench.stack import stack
from cli.system import Tell
from core.settings import Settings

LIMITS = {"byte_je_gespraech": 60_000.0}
CONVERSATIONS = 10_000
# Longer than the writing takes: nothing may expire meanwhile.
SESSION_MINUTES = 600


def run(settings: Settings, tell: Tell, *, as_json: bool, count: int = CONVERSATIONS) -> None:
    """Writes them in a process of its own."""
    told: dict[str, float] = {}
    with stack(settings, tell) as (_, own):
        lasting = own.model_copy(update={"session_minutes": SESSION_MINUTES})
        for told in lines("bench.playback", lasting, "--count", str(count)):
            tell(f"  {told['gespraeche']} Gespräche")
    if as_json:
        print(json.dumps({**told, "grenzen": LIMITS}))
        return
    for name, value in told.items():
        print(f"{name:18} {value:>8}" + (f"   Grenze {LIMITS[name]:g}" if name in LIMITS else ""))
