"""The change of the live model in the running system: a second bot beside the first, and no message without an answer.

The console points to a version (core/learned.py); the supervisor sees it, starts a bot with it, waits until it is ready, puts the
version's example questions into the catalogue, sends the gateway to the new address and ends the old bot when its turns are over.
"""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import redis
from redis.exceptions import RedisError

from cli import versions
from cli.catalogue import import_learned
from cli.processes import free_port, rasa
from cli.supervisor import START_SECONDS, Child, Supervisor
from connectors.gateway.address import move
from core import learned
from core.clock import now
from core.errors import ConfigurationError, LotseError
from core.settings import Settings

# The gateway gives a turn 4.5 s; after these nobody waits for the old bot.
TURN_SECONDS = 6.0


class ModelChange:
    """One per running system; ``step`` is called each round of the supervisor, in the thread that may start processes.

    ``moved`` is told the new bot's address. What happens is written to LOTSE_HOME/gelernt/wechsel.json for the console.
    """

    def __init__(self, settings: Settings, supervisor: Supervisor, tell: Callable[[str], None], moved: Callable[[str], None]) -> None:
        self._settings = settings
        self._supervisor = supervisor
        self._tell = tell
        self._moved = moved
        self._live = learned.stand(settings).live
        self._under_way: Iterator[None] | None = None
        self._pool = ThreadPoolExecutor(1)
        self._note("laeuft", self._live)

    def step(self) -> None:
        """One small step of a change that runs, or a look at the pointer."""
        if self._under_way is None:
            wanted = self._wanted()
            if wanted == self._live:
                return
            self._under_way = self._change(wanted)
        if next(self._under_way, self) is self:
            self._under_way = None

    def _wanted(self) -> str:
        try:
            return learned.stand(self._settings).live
        except ConfigurationError:
            return self._live  # half a file of a full disk is no reason to change anything

    def _change(self, version: str) -> Iterator[None]:
        begun, name = time.monotonic(), version or "mitgelieferter Stand"
        self._note("startet", version)
        self._tell(f"Neues Modell: {name} wird gestartet.")
        fresh: Child | None = None
        try:
            url = f"http://127.0.0.1:{free_port()}"
            fresh = self._supervisor.start_beside(rasa(self._settings, versions.take_over(self._settings, version), url))
            yield from _ready(fresh, begun)
            yield from _done(self._pool.submit(import_learned, self._settings, self._settings.catalogue_url))
            self._send_to(url)
        except (LotseError, OSError, RedisError) as error:
            yield from self._gone_wrong(fresh, version, str(error))
            return
        old = self._supervisor.replace("rasa", fresh)
        self._live = version
        self._moved(url)
        yield from _pause(TURN_SECONDS)
        yield from _done(self._pool.submit(old.stop))
        self._supervisor.drop(old)
        self._note("laeuft", version, sekunden=round(time.monotonic() - begun, 1))
        self._tell(f"Neues Modell: {name} ist live.")

    def _gone_wrong(self, fresh: Child | None, version: str, why: str) -> Iterator[None]:
        """Everything stays as it was, also at the next start."""
        self._tell(f"Neues Modell: {version} kam nicht in Gang, das alte bleibt. {why}")
        if fresh is not None:
            self._supervisor.drop(fresh)
        stand = learned.stand(self._settings)
        learned.set_stand(self._settings, learned.Stand(live=self._live, vorher="" if stand.vorher == self._live else stand.vorher))
        back = self._pool.submit(import_learned, self._settings, self._settings.catalogue_url)
        try:
            yield from _done(back)
        except LotseError as error:
            self._tell(f"Die Beispielfragen im Katalog sind nicht zurückgenommen: {error}")
        self._note("gescheitert", version, grund=why[:500])

    def _send_to(self, url: str) -> None:
        store = redis.from_url(self._settings.redis_address, socket_timeout=2, socket_connect_timeout=2)
        move(store, self._settings.rasa_url, url)
        store.close()

    def _note(self, state: str, version: str, **more: object) -> None:
        told = {"zustand": state, "fassung": version, "live": self._live, "seit": now().isoformat(timespec="seconds"), **more}
        learned.write(learned.home(self._settings) / "wechsel.json", json.dumps(told, ensure_ascii=False))


def _ready(child: Child, begun: float) -> Iterator[None]:
    while not child.process.is_ready():
        if not child.alive:
            raise LotseError(f"Der Bot ist beendet: {child.log_tail()[-300:]}")
        if time.monotonic() - begun > START_SECONDS:
            raise LotseError(f"Der Bot war nach {START_SECONDS} s nicht bereit.")
        yield


def _done(work: "Future[None]") -> Iterator[None]:
    while not work.done():
        yield
    work.result()


def _pause(seconds: float) -> Iterator[None]:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        yield
