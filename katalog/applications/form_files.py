"""The forms of some folders as they are now: a file that is put there counts without a restart."""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Lock

from katalog.applications.forms import Schema, load

# Between two looks: a look takes 0.1 ms, and nobody who drops a file waits for less.
SECONDS = 1.0
Stamp = tuple[tuple[str, int, int], ...]


class FormFiles(Mapping[str, Schema]):
    """{kennung: form}. ``stamp`` changes with every change of a file."""

    def __init__(self, folders: list[Path], seconds: float = SECONDS) -> None:
        self._folders = folders
        self._seconds = seconds
        self._looking = Lock()
        self.stamp = self._look()
        self._forms = load(folders)
        self._looked = time.monotonic()

    def fresh(self) -> dict[str, Schema]:
        """The forms, read again where a file has changed since the last look."""
        if time.monotonic() - self._looked >= self._seconds and self._looking.acquire(blocking=False):
            try:
                stamp = self._look()
                if stamp != self.stamp:
                    self._forms, self.stamp = load(self._folders), stamp
                self._looked = time.monotonic()
            finally:
                self._looking.release()
        return self._forms

    def _look(self) -> Stamp:
        """(path, time of change in ns, bytes) of each file."""
        found = []
        for path in (path for folder in self._folders for path in sorted(folder.glob("*.json"))):
            try:
                status = path.stat()
            except OSError:  # gone since it was listed
                continue
            found.append((str(path), status.st_mtime_ns, status.st_size))
        return tuple(found)

    def __getitem__(self, kennung: str) -> Schema:
        return self.fresh()[kennung]

    def __iter__(self) -> Iterator[str]:
        return iter(self.fresh())

    def __len__(self) -> int:
        return len(self.fresh())
