"""``./lotse bench walk``: random walks over messages, buttons and nonsense; nobody ends in a loop, without an answer, or in a failure."""

import json
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby

import yaml

from actions.copy import FILES, FOLDER
from bench.evaluate import cases
from bench.evaluate.dialogues import Talk
from bench.stack import stack
from cli.system import Tell
from cli.talk import Conversation
from core.answer import Antwort, plain_text
from core.settings import PROJECT, Settings

SEEDS = (1, 2, 3)
TURNS, EACH = 2000, 100
# How often a button is pressed, where there are some.
PRESSED = 0.4


def hostile() -> list[dict[str, str]]:
    """60 messages of attackers and angry people."""
    path = PROJECT / "tests" / "stack" / "feindlich.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def walk(begin: Callable[[], Talk], seed: int, turns: int) -> list[str]:
    """So many random turns, 100 a conversation; what was wrong with them."""
    away = [yaml.safe_load((FOLDER / file).read_text("utf-8"))["ausgefallen"] for file in FILES.values()]
    chance = random.Random(seed)
    sentences = [case.text for name in ("a", "b", "c") for case in cases.load(name)] + [one["text"] for one in hostile()]
    wrong: list[str] = []
    for _ in range(turns // EACH):
        talk = begin()
        offered: list[str] = []
        said: list[tuple[str, str]] = []
        for _ in range(EACH):
            text = chance.choice(offered) if offered and chance.random() < PRESSED else chance.choice(sentences)
            replies: list[Antwort] = talk.say(text)["replies"]
            printed = "\n".join(plain_text(reply) for reply in replies)
            if not printed.strip() or any(one in printed for one in away):
                wrong.append(f"no answer to {text!r}")
            offered = [button.title for reply in replies for button in reply.offered()]
            said.append((text, printed))
            if any(reply.tun == "gespraech_loeschen" for reply in replies):  # the conversation is over
                talk, offered = begin(), []
        # Nobody hears the same three times in a row, whatever they say.
        rows = [{text for text, _ in group} for _, group in groupby(said, key=lambda one: one[1])]
        wrong += [f"the same answer to {texts}" for texts in rows if len(texts) > 2]
    return wrong


def walks(begin: Callable[[], Talk], turns: int) -> dict[int, list[str]]:
    """{seed: what was wrong}, the seeds side by side."""
    with ThreadPoolExecutor(len(SEEDS)) as pool:
        return dict(zip(SEEDS, pool.map(lambda seed: walk(begin, seed, turns), SEEDS), strict=True))


def run(settings: Settings, tell: Tell, *, as_json: bool) -> None:
    """Prints what was wrong, by seed."""
    with stack(settings, tell) as (running, own):
        tell(f"{len(SEEDS)} × {TURNS} Nachrichten …")
        found = walks(lambda: Conversation.begin(running, own), TURNS)
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
        return
    for seed, wrong in found.items():
        print(f"{seed}: {len(wrong)} von {TURNS} falsch", *wrong, sep="\n  ")
