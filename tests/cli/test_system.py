"""One system per state folder: how it is found, and what hinders its start."""

import fcntl
import json
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cli.processes import free_port, with_addresses
from cli.session import system
from cli.system import Running, _check_place, _only_instance, find_running, started
from core.errors import StartError
from core.settings import Settings

ADDRESSES = Running(web_url="http://127.0.0.1:1", catalogue_url="http://127.0.0.1:2", rasa_url="http://127.0.0.1:3", processes={"web": 4})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", port=free_port())


@contextmanager
def lock_held(settings: Settings, *, shared: bool = False) -> Iterator[None]:
    """The lock, as another process holds it: an open file of its own."""
    settings.run.mkdir(parents=True, exist_ok=True)
    with (settings.run / "lock").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield


def write_addresses(settings: Settings) -> Path:
    settings.run.mkdir(parents=True, exist_ok=True)
    path = settings.run / "system.json"
    path.write_text(json.dumps(ADDRESSES.model_dump()), "utf-8")
    return path


def start(settings: Settings) -> StartError:
    """What hinders the start."""
    with pytest.raises(StartError) as caught, started(settings, print):
        pass
    return caught.value


def test_without_a_lock_nothing_runs(settings: Settings) -> None:
    assert find_running(settings) is None
    write_addresses(settings)
    assert find_running(settings) is None


def test_with_a_free_lock_nothing_runs_whatever_addresses_are_left(settings: Settings) -> None:
    with lock_held(settings):
        write_addresses(settings)
    assert find_running(settings) is None


def test_with_a_held_lock_the_system_is_where_its_file_says(settings: Settings) -> None:
    write_addresses(settings)
    with lock_held(settings):
        assert find_running(settings) == ADDRESSES


def test_while_it_starts_it_is_not_there_yet(settings: Settings) -> None:
    with lock_held(settings):
        assert find_running(settings) is None


def test_addresses_of_a_system_that_was_killed_are_not_those_of_the_next(settings: Settings) -> None:
    write_addresses(settings)
    with _only_instance(settings):  # the next one, while it trains
        assert find_running(settings) is None


def test_two_that_look_at_once_do_not_take_each_other_for_a_system(settings: Settings) -> None:
    write_addresses(settings)
    with lock_held(settings, shared=True):  # as find_running holds it while it looks
        assert find_running(settings) is None


def test_one_that_looks_does_not_hinder_a_start(settings: Settings) -> None:
    held, looked = threading.Event(), threading.Event()

    def look() -> None:
        with lock_held(settings, shared=True):  # as find_running, only longer
            held.set()
            looked.wait(0.06)

    looker = threading.Thread(target=look)
    looker.start()
    held.wait(5)
    with _only_instance(settings):
        pass
    looker.join()


def test_a_taken_port_is_told_with_another(settings: Settings) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", settings.port))
        other.listen()
        error = start(settings)
    assert error.exit_code == 12
    assert f"Port {settings.port} ist belegt" in str(error)
    assert "--port" in str(error)
    assert find_running(settings) is None


def test_a_port_that_was_just_left_can_be_taken(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", settings.port)) as other, socket.create_connection(("127.0.0.1", settings.port)):
        connection, _ = other.accept()
        connection.close()  # closed from the server's side: the port rests in TIME_WAIT
    _check_place(settings)  # and not the whole start, which trains for a minute and is tested with the stack


def test_a_second_instance_is_refused_with_the_way_out(settings: Settings) -> None:
    with lock_held(settings):
        error = start(settings)
    assert error.exit_code == 15
    assert "LOTSE_HOME" in str(error)


def test_a_second_instance_is_told_so_and_not_that_its_port_is_taken(settings: Settings) -> None:
    address = write_addresses(settings)
    with socket.create_server(("127.0.0.1", settings.port)), lock_held(settings):
        assert start(settings).exit_code == 15
        assert address.exists()  # those of the first


def test_a_full_disk_is_told_with_what_is_needed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    # A full disk cannot be had in a test without filling it.
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**12, 10**12, 123_000_000))
    error = start(settings)
    assert error.exit_code == 13
    assert str(settings.home) in str(error)
    assert "500 MB" in str(error)
    assert "123 MB" in str(error)


def test_after_a_start_that_failed_the_lock_is_free(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", settings.port)):
        assert [start(settings).exit_code for _ in range(2)] == [12, 12]
    assert list(settings.home.iterdir()) == [settings.run]


def test_a_command_uses_what_runs(settings: Settings) -> None:
    write_addresses(settings)
    with lock_held(settings), system(settings, print) as running:
        assert running == ADDRESSES


def test_inner_processes_get_free_ports_on_loopback(settings: Settings) -> None:
    fresh = with_addresses(settings)
    ports = {int(url.removeprefix("http://127.0.0.1:")) for url in (fresh.catalogue_url, fresh.actions_url, fresh.rasa_url)}
    assert len(ports) == 3
    for port in ports:
        socket.create_server(("127.0.0.1", port)).close()
