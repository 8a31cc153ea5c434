"""A PostgreSQL of our own for the tests: an empty cluster in a temporary folder, on a Unix socket only."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")


def binaries() -> Path | None:
    """The folder of initdb and pg_ctl, newest version first; None where there is no server."""
    found = sorted(DEBIAN.glob("*/bin/pg_ctl"), key=lambda path: int(path.parent.parent.name), reverse=True)
    on_path = shutil.which("pg_ctl")
    return found[0].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def temporary_server() -> Iterator[str | None]:
    """URL of a running server, ended with the block; None where none can be started."""
    programs = binaries()
    if programs is None:
        yield None
        return
    # initdb refuses root: as root it runs as the user that Debian's package made.
    become = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="lotse-pg-") as folder:
        if become:
            shutil.chown(folder, "postgres")
        data = f"{folder}/data"
        created = _succeeds(*become, str(programs / "initdb"), "-D", data, "-U", "lotse", "-A", "trust", "-E", "UTF8")
        control = [*become, str(programs / "pg_ctl"), "-D", data, "-w"]
        if not created or not _succeeds(*control, "-o", f"-k {folder} -c listen_addresses='' -c fsync=off", "start"):
            yield None
            return
        try:
            yield f"postgresql://lotse@/postgres?host={folder}"
        finally:
            _succeeds(*control, "-m", "immediate", "stop")


def _succeeds(*command: str) -> bool:
    # From "/": the user postgres may not enter root's folders.
    return subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0
