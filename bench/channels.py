"""``./lotse bench channels``: how fast the webhook answers, and what becomes of 200 answers while the messenger is away for a minute."""

import asyncio
import json
import time
from collections import Counter
from statistics import quantiles

from bench.platforms.serving import served
from bench.platforms.telegram import LocalTelegram
from bench.proc import cpu_seconds
from bench.stack import stack
from cli.system import Tell
from core.settings import Settings

LIMITS = {"webhook_p95_ms": 200.0, "verloren": 0.0, "doppelt": 0.0, "verdreht": 0.0}
RATE, SECONDS, WRITERS = 20.0, 30.0, 40
PEOPLE, AWAY_SECONDS = 50, 60.0
# Each has an answer of its own, so that their order can be seen.
SAID = ("Was kostet ein Personalausweis?", "Vielen Dank", "Was kostet ein Reisepass?", "Sind Sie ein Roboter?")
# What the platform takes: the FAQ's 30 messages a second.
MOST_A_SECOND = 30
PATIENCE = 300.0


def run(settings: Settings, tell: Tell, *, as_json: bool) -> None:
    """Telegram stands for all three: they share what is measured."""
    platform = LocalTelegram("", "1:bench", "nur-zum-messen-0815")
    with served(platform.app) as url:
        given = {"telegram_token": "1:bench", "telegram_secret": "nur-zum-messen-0815", "telegram_url": url}
        with stack(Settings.model_validate(settings.model_dump() | given), tell) as (running, _):
            platform.webhook = f"{running.web_url}/webhook/telegram"
            told = asyncio.run(_measured(platform, running.processes, tell))
    if as_json:
        print(json.dumps({**told, "grenzen": LIMITS}))
        return
    for name, value in told.items():
        print(f"{name:18} {value:>9g}" + (f"   Grenze {LIMITS[name]:g}" if name in LIMITS else ""))


async def _measured(platform: LocalTelegram, processes: dict[str, int], tell: Tell) -> dict[str, float]:
    before = cpu_seconds(processes)["web"]
    tell(f"{SECONDS:g} Sekunden lang {RATE:g} Nachrichten/s …")
    took = await _webhook(platform)
    waited = await _arrived(platform, round(RATE * SECONDS) + WRITERS)
    cpu = round((cpu_seconds(processes)["web"] - before) / (RATE * SECONDS) * 1000, 1)
    tell(f"{AWAY_SECONDS:g} Sekunden ohne Messenger, {PEOPLE * len(SAID)} Nachrichten …")
    platform.most_a_second = MOST_A_SECOND
    return {"webhook_p50_ms": took[49], "webhook_p95_ms": took[94], "nachlauf_s": waited, "cpu_web_ms": cpu} | await _away(platform)


async def _webhook(platform: LocalTelegram) -> list[float]:
    """Percentiles of the time until the webhook has answered, in milliseconds."""
    took: list[float] = []

    async def one(number: int) -> None:
        begun = time.monotonic()
        await platform.say(str(100 + number % WRITERS), SAID[number % len(SAID)])
        took.append((time.monotonic() - begun) * 1000)

    async with asyncio.TaskGroup() as group:
        for number in range(round(RATE * SECONDS)):
            group.create_task(one(number))
            await asyncio.sleep(1 / RATE)
    return [round(each, 1) for each in quantiles(took, n=100)]


async def _arrived(platform: LocalTelegram, count: int) -> float:
    """Seconds until so many messages are shown."""
    begun = time.monotonic()
    await platform.until(lambda: len(platform.shown) >= count, PATIENCE)
    return round(time.monotonic() - begun, 1)


async def _away(platform: LocalTelegram) -> dict[str, float]:
    people = [str(1000 + number) for number in range(PEOPLE)]
    platform.shown.clear()
    begun, platform.down = time.monotonic(), True
    for text in SAID:
        await asyncio.gather(*(platform.say(person, text) for person in people))
    await asyncio.sleep(max(0.0, AWAY_SECONDS - (time.monotonic() - begun)))
    platform.down = False
    # The word on privacy comes before the answers.
    seconds = await _arrived(platform, PEOPLE * (len(SAID) + 1))
    courses = [[one.text for one in platform.seen(person)] for person in people]
    usual = Counter(map(tuple, courses)).most_common(1)[0][0]
    return {
        "bis_alle_da_s": seconds,
        "verloren": sum(len(set(usual) - set(course)) for course in courses),
        "doppelt": sum(len(course) - len(set(course)) for course in courses),
        "verdreht": sum(list(dict.fromkeys(course)) != list(usual) for course in courses),
    }
