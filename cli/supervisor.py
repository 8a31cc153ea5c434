"""Starts, watches, restarts and stops the processes. Nothing outlives it: each child is told by the kernel when it dies."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from cli.processes import Process
from core.errors import StartError
from core.settings import PROJECT

PR_SET_PDEATHSIG = 1
LOG_BYTES = 20_000_000
# A process that never gets ready is given up: Rasa needs 25 s here, a slow laptop four times that.
START_SECONDS = 180
CHECK_SECONDS = 5.0
FAILED_CHECKS = 3
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent() -> None:
    """In a child, before it begins: the kernel kills it when the thread that made it ends."""
    # SIGKILL: one that hangs would outlive a SIGTERM. What Redis and SQLite have taken is with the kernel already.
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Child:
    """One supervised process: its Popen, how often it was restarted, when it was last seen healthy."""

    def __init__(self, process: Process, environment: dict[str, str], logs: Path, tell: Callable[[str], None]) -> None:
        self.process = process
        self._tell = tell
        self.restarts = 0
        self.failed_checks = 0
        self.was_ready = False
        self.not_before = 0.0
        self.started = 0.0
        self._environment = environment | process.environment
        self._log = logs / f"{process.name}.log"
        self.popen: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it in a session of its own, so that Ctrl-C reaches the supervisor only."""
        with self._opened_log() as log:
            self.popen = subprocess.Popen(
                self.process.command, cwd=PROJECT, env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, preexec_fn=die_with_parent,
            )  # fmt: skip
        self.started = time.monotonic()
        self.was_ready = False
        self.failed_checks = 0

    def _opened_log(self) -> IO[bytes]:
        """A long one begins anew. Where none can be made, because the disk is full, the process runs without."""
        try:
            if self._log.exists() and self._log.stat().st_size > LOG_BYTES:
                self._log.replace(self._log.with_suffix(".log.1"))
            return self._log.open("ab")
        except OSError as error:
            self._tell(f"{self._log} ist nicht beschreibbar ({error.strerror}); {self.process.name} läuft ohne Protokoll.")
            return Path(os.devnull).open("ab")

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self.popen is not None and self.popen.poll() is None

    def stop(self, seconds: float = 8.0) -> None:
        """Asks it to end, then ends it."""
        if self.popen is None:
            return
        if self.popen.poll() is None:
            self.popen.terminate()
            # A stopped (SIGSTOP) process would never see the signal.
            self.popen.send_signal(signal.SIGCONT)
        try:
            self.popen.wait(seconds)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()

    def log_tail(self) -> str:
        """Its last lines, for the message when it does not start."""
        lines = self._log.read_text("utf-8", "replace").splitlines() if self._log.exists() else []
        return "\n".join(lines[-8:])


class Supervisor:
    """Runs ``processes`` until ``stop``. ``tell`` gets one German line for each event."""

    def __init__(self, processes: list[Process], environment: dict[str, str], logs: Path, tell: Callable[[str], None]) -> None:
        logs.mkdir(parents=True, exist_ok=True)
        self.children = [Child(process, environment, logs, tell) for process in processes]
        # Started beside the others, not watched: they come in place of one of them, or make room for one that came.
        self.beside: list[Child] = []
        # What else is done each round; it must not take long.
        self.each_round: list[Callable[[], None]] = []
        self._environment = environment
        self._logs = logs
        self._tell = tell
        self._stopping = False
        self._next_check = 0.0

    def start(self) -> None:
        """Starts all and returns when each is ready. Raises StartError (exit code 16) and leaves nothing running otherwise."""
        try:
            for child in self.children:
                child.start()
                if child.process.name == "redis":
                    self._wait([child])  # the others need it from their first second on
            self._wait(self.children)
        except BaseException:
            self.stop()
            raise

    def _wait(self, children: list[Child]) -> None:
        deadline = time.monotonic() + START_SECONDS
        waiting = [child for child in children if not child.was_ready]
        while waiting:
            for child in list(waiting):
                if not child.alive:
                    raise StartError(f"{child.process.name} ist nicht gestartet:\n{child.log_tail()}", 16)
                if child.process.is_ready():
                    child.was_ready = True
                    waiting.remove(child)
            if time.monotonic() > deadline:
                names = ", ".join(child.process.name for child in waiting)
                raise StartError(f"Nach {START_SECONDS} s noch nicht bereit: {names}", 16)
            time.sleep(0.1)

    def watch(self) -> None:
        """One round: restarts what ended or no longer answers."""
        now = time.monotonic()
        for child in self.children:
            if not child.alive and now >= child.not_before:
                self._restart(child, now)
        if now >= self._next_check:
            self._next_check = now + CHECK_SECONDS
            for child in self.children:
                self._check(child, now)

    def _check(self, child: Child, now: float) -> None:
        if child.alive and child.process.is_ready():
            child.was_ready, child.failed_checks = True, 0
            if now - child.started > 60:
                child.restarts = 0
            return
        # While it starts, silence is normal.
        child.failed_checks += 1 if child.was_ready or now - child.started > START_SECONDS else 0
        if child.alive and child.failed_checks >= FAILED_CHECKS:
            self._tell(f"{child.process.name} antwortet nicht mehr und wird neu gestartet.")
            child.stop(seconds=2)

    def _restart(self, child: Child, now: float) -> None:
        code = child.popen.returncode if child.popen else None
        self._tell(f"{child.process.name} ist beendet (Code {code}) und wird neu gestartet.")
        child.start()
        child.restarts += 1
        # 0, 1, 2, 4 … 30 s: a process that cannot run must not eat the machine.
        child.not_before = now + min(30.0, 2.0 ** min(child.restarts - 1, 5))

    def start_beside(self, process: Process, **environment: str) -> Child:
        """Starts one more process, which nobody watches yet. Only from the main thread: a child dies with the thread that made it."""
        child = Child(process, self._environment | environment, self._logs, self._tell)
        self.beside.append(child)
        child.start()
        return child

    def replace(self, name: str, fresh: Child) -> Child:
        """Watches ``fresh``, which runs beside, in place of the child of this name; that one is beside now."""
        place = next(number for number, child in enumerate(self.children) if child.process.name == name)
        old, self.children[place] = self.children[place], fresh
        fresh.was_ready = True
        self.beside.remove(fresh)
        self.beside.append(old)
        return old

    def drop(self, child: Child) -> None:
        """Ends one that runs beside."""
        child.stop()
        self.beside.remove(child)

    def run(self) -> None:
        """Watches until ``stop`` is asked for by a signal."""
        while not self._stopping:
            self.watch()
            for task in self.each_round:
                task()
            time.sleep(0.2)

    def ask_to_stop(self, *_: object) -> None:
        """Signal handler: ends ``run``."""
        self._stopping = True

    def stop(self) -> None:
        """Ends all in the opposite order, Redis last: what the others wrote is kept."""
        for child in [*self.beside, *reversed(self.children)]:
            child.stop()
