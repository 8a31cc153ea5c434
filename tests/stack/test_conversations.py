"""Whole conversations through the real stack, and random walks through it."""

import pytest

from bench.evaluate.dialogues import load, measure, report, shares
from bench.walk import hostile, walks
from core.answer import plain_text
from tests.conftest import Stack

pytestmark = [pytest.mark.stack, pytest.mark.bot]

# What must be reached, on dialogues that were written without sight of the rules.
DIALOGUES, TURNS = 0.75, 0.92
# Every fourth of them, and short walks: the rest is for `./lotse evaluate --dialogues` and `./lotse bench walk`.
STEP, WALK = 4, 300


def test_there_are_a_hundred_dialogues_of_several_turns() -> None:
    dialogues = load()
    assert len(dialogues[::STEP]) >= 100
    assert len({one.name for one in dialogues}) == len(dialogues)
    assert all(3 <= len(one.schritte) <= 10 for one in dialogues)


def test_conversations_are_answered_right(stack: Stack) -> None:
    results = measure(stack.conversation, load()[::STEP])
    whole, turns, _ = shares(results)["alle"]
    assert (whole >= DIALOGUES, turns >= TURNS) == (True, True), report(results)


def test_random_walks_end_in_no_loop_no_empty_answer_and_no_failure(stack: Stack) -> None:
    assert [wrong for one in walks(stack.conversation, WALK).values() for wrong in one] == []


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
