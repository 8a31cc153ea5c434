"""A system that runs is not started twice."""

import pytest

from cli.system import PORT_TAKEN, SECOND_INSTANCE
from tests.conftest import Stack

pytestmark = [pytest.mark.stack, pytest.mark.faults]


def test_a_second_instance_on_the_same_folder_is_refused(stack: Stack) -> None:
    done = stack.lotse("start", "--port", str(stack.settings.port + 1))
    assert done.returncode == SECOND_INSTANCE
    assert "läuft schon" in done.stderr.decode()


def test_a_taken_port_is_named(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = Stack(stack.settings.model_copy(update={"home": tmp_path_factory.mktemp("other")}), stack.running, stack.supervisor)
    done = other.lotse("start")
    assert done.returncode == PORT_TAKEN
    assert str(stack.settings.port) in done.stderr.decode()
