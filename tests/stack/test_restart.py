"""Any one process may die: it comes back, and the next message is answered."""

import os
import signal
import time

import pytest

from cli.system import PORT_TAKEN, SECOND_INSTANCE
from tests.conftest import Stack

pytestmark = [pytest.mark.stack, pytest.mark.faults]


@pytest.mark.parametrize("name", ["actions", "catalogue", "redis", "web", "rasa"])
def test_a_killed_process_is_restarted_and_the_next_message_is_answered(stack: Stack, name: str) -> None:
    talk = stack.conversation()
    assert talk.say("Was kostet ein Reisepass?")["replies"][0].leistung.id == "reisepass"
    victim = stack.pid_of(name)
    os.kill(victim, signal.SIGKILL)
    time.sleep(0.5)
    stack.wait_until_ready()
    assert stack.pid_of(name) != victim
    # The conversation has not lost its topic either.
    assert talk.say("und welche Unterlagen?")["replies"][0].leistung.id == "reisepass"


def test_a_message_sent_while_rasa_restarts_is_answered(stack: Stack) -> None:
    talk = stack.conversation()
    os.kill(stack.pid_of("rasa"), signal.SIGKILL)
    assert talk.say("Was kostet ein Reisepass?")["replies"][0].leistung.id == "reisepass"
    stack.wait_until_ready()


def test_a_second_instance_on_the_same_folder_is_refused(stack: Stack) -> None:
    done = stack.lotse("start", "--port", str(stack.settings.port + 1))
    assert done.returncode == SECOND_INSTANCE
    assert "läuft schon" in done.stderr.decode()


def test_a_taken_port_is_named(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = Stack(stack.settings.model_copy(update={"home": tmp_path_factory.mktemp("other")}), stack.running, stack.supervisor)
    done = other.lotse("start")
    assert done.returncode == PORT_TAKEN
    assert str(stack.settings.port) in done.stderr.decode()
