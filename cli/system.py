"""The running system of a state folder: one at a time, found by its lock and its address file."""

import errno
import fcntl
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO

from pydantic import BaseModel

from cli import processes, training, versions
from cli.catalogue import seed
from cli.change import ModelChange
from cli.supervisor import Supervisor
from core import learned
from core.errors import LotseError, StartError
from core.settings import Settings
from language.pipeline import model_name

PORT_TAKEN, DISK_FULL, SECOND_INSTANCE = 12, 13, 15
# Databases, logs and one trained model (40 MB) with room to grow.
FREE_BYTES = 500_000_000
Tell = Callable[[str], None]


class Running(BaseModel):
    """Where the running system answers."""

    web_url: str
    catalogue_url: str
    rasa_url: str
    processes: dict[str, int] = {}


def _address_file(settings: Settings) -> Path:
    return settings.run / "system.json"


def find_running(settings: Settings) -> Running | None:
    """The system that runs on this state folder, or None."""
    lock = settings.run / "lock"
    if not lock.exists():
        return None
    with lock.open("r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)  # shared: two that look at once do not take each other for a system
        except OSError:
            path = _address_file(settings)
            return Running.model_validate_json(path.read_text("utf-8")) if path.exists() else None
    return None


def _locked(file: IO[str]) -> bool:
    """Takes the lock; patient for a moment, because ``find_running`` holds it while it looks."""
    for _ in range(5):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except OSError:
            time.sleep(0.05)
    return False


@contextmanager
def _only_instance(settings: Settings) -> Iterator[None]:
    settings.run.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (settings.run / "lock").open("a+") as file:
        if not _locked(file):
            raise StartError(
                f"Auf {settings.home} läuft schon ein Amtslotse. Beenden Sie ihn, oder wählen Sie mit LOTSE_HOME einen anderen Ordner.",
                SECOND_INSTANCE,
            )
        _address_file(settings).unlink(missing_ok=True)  # left behind by one that was killed
        try:
            yield
        finally:
            _address_file(settings).unlink(missing_ok=True)


def _check_place(settings: Settings) -> None:
    settings.home.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.home).free
    if free < FREE_BYTES:
        raise StartError(
            f"Zu wenig Platz in {settings.home}: {FREE_BYTES // 10**6} MB werden gebraucht, {free // 10**6} MB sind frei.",
            DISK_FULL,
        )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", settings.port))
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            raise StartError(f"Port {settings.port} ist belegt. Nehmen Sie einen anderen: ./lotse start --port 8081", PORT_TAKEN) from None


@contextmanager
def started(settings: Settings, tell: Tell) -> Iterator[tuple[Running, Supervisor]]:
    """The whole system, ready. Ends every process at the end, whatever happens."""
    with _only_instance(settings):
        _check_place(settings)  # inside: a second start says that one runs already, not that its port is taken
        settings = processes.with_addresses(settings)
        tell(f"[2/5] Deutsche Sprachpipeline: {Path(model_name(settings)).name}")
        tell(f"[3/5] Katalog: {seed(settings)}")
        version = learned.stand(settings).live
        if version:
            with suppress(LotseError):  # what is missing is trained
                versions.take_over(settings, version)
        if not training.model_path(settings).exists():
            tell("[4/5] Training: etwa drei Minuten")
        model = training.ensure_model(settings)
        tell(f"[4/5] Modell: {model.name.removesuffix('.tar.gz')}" + (f" (gelernte Fassung {version})" if version else ""))
        tell("[5/5] Dienste: starten")
        supervisor = Supervisor(processes.processes(settings, model), training.environment(settings), settings.logs, tell)
        supervisor.start()
        try:
            running = Running(
                web_url=f"http://127.0.0.1:{settings.port}", catalogue_url=settings.catalogue_url, rasa_url=settings.rasa_url,
                processes={child.process.name: child.popen.pid for child in supervisor.children if child.popen},
            )  # fmt: skip
            write = partial(learned.write, _address_file(settings))
            write(running.model_dump_json(indent=1))

            def moved(url: str) -> None:
                pids = {child.process.name: child.popen.pid for child in supervisor.children if child.popen}
                write(running.model_copy(update={"rasa_url": url, "processes": pids}).model_dump_json(indent=1))

            supervisor.each_round.append(ModelChange(settings, supervisor, tell, moved).step)
            yield running, supervisor
        finally:
            supervisor.stop()
