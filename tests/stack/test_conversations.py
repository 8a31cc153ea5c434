"""Whole conversations through the real stack, and random walks through it."""

import json
import random
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby

import pytest
import yaml

from actions.copy import FILES, FOLDER
from bench.evaluate import cases
from bench.evaluate.dialogues import FOLDER as DIALOGUE_FILES
from bench.evaluate.dialogues import load, measure, report, shares
from core.answer import Antwort, plain_text
from tests.conftest import Stack

pytestmark = [pytest.mark.stack, pytest.mark.bot]

# What must be reached, on dialogues that were written without sight of the rules.
DIALOGUES, TURNS = 0.75, 0.92
WALK, EACH = 2000, 100
SEEDS = (1, 2, 3)
AWAY = [text["ausgefallen"] for text in (yaml.safe_load((FOLDER / file).read_text("utf-8")) for file in FILES.values())]


def test_there_are_a_hundred_dialogues_of_several_turns() -> None:
    dialogues = load()
    assert len(dialogues) >= 100
    assert len({one.name for one in dialogues}) == len(dialogues)
    assert all(3 <= len(one.schritte) <= 10 for one in dialogues)


def test_conversations_are_answered_right(stack: Stack) -> None:
    results = measure(stack.conversation, load())
    whole, turns, _ = shares(results)["alle"]
    assert (whole >= DIALOGUES, turns >= TURNS) == (True, True), report(results)


def hostile() -> list[dict[str, str]]:
    """60 messages of attackers and angry people."""
    path = DIALOGUE_FILES.parent / "stack" / "feindlich.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def walk(stack: Stack, seed: int) -> list[str]:
    """2,000 random turns; what was wrong with them."""
    chance = random.Random(seed)
    sentences = [case.text for name in ("a", "b", "c") for case in cases.load(name)] + [one["text"] for one in hostile()]
    wrong: list[str] = []
    for _ in range(WALK // EACH):
        talk = stack.conversation()
        offered: list[str] = []
        said: list[tuple[str, str]] = []
        for _ in range(EACH):
            text = chance.choice(offered) if offered and chance.random() < 0.4 else chance.choice(sentences)
            replies: list[Antwort] = talk.say(text)["replies"]
            printed = "\n".join(plain_text(reply) for reply in replies)
            if not printed.strip() or any(away in printed for away in AWAY):
                wrong.append(f"no answer to {text!r}")
            offered = [button.title for reply in replies for button in reply.offered()]
            said.append((text, printed))
        # Nobody hears the same three times in a row, whatever they say.
        rows = [{text for text, _ in group} for _, group in groupby(said, key=lambda one: one[1])]
        wrong += [f"the same answer to {texts}" for texts in rows if len(texts) > 2]
    return wrong


def test_random_walks_end_in_no_loop_no_empty_answer_and_no_failure(stack: Stack) -> None:
    with ThreadPoolExecutor(len(SEEDS)) as pool:
        assert dict(zip(SEEDS, pool.map(lambda seed: walk(stack, seed), SEEDS), strict=True)) == {seed: [] for seed in SEEDS}


@pytest.mark.parametrize("message", hostile(), ids=lambda one: one["kind"])
def test_a_hostile_message_changes_nothing(stack: Stack, message: dict[str, str]) -> None:
    talk = stack.conversation()
    printed = "\n".join(plain_text(reply) for reply in talk.say(message["text"])["replies"])
    assert printed.strip()
    assert "<" not in printed
    assert "{" not in printed
    # No instruction of theirs was followed: the next answer is what it always is.
    after = talk.say("Was kostet ein Reisepass?")["replies"][0]
    assert after.leistung is not None
    assert after.leistung.id == "reisepass"
    assert "70 €" in plain_text(after)
