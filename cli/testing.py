"""``./lotse test``: sets up what the tests need and runs them, all or one group."""

import os
import shutil
import subprocess
import sys
from contextlib import nullcontext

from cli.postgres import binaries, temporary_server
from cli.progress import tell
from core.errors import BadInput
from core.settings import PROJECT

# pytest marker expressions; "fast" never imports Rasa. "all" leaves out the whole learning loop: it trains a model, measures two and puts
# one live, which takes a quarter of the 40 minutes that all tests may take.
GROUPS = {
    "all": "not learning",
    "learning": "learning",
    "fast": "not stack and not web and not slow",
    "bot": "bot",
    "faults": "faults",
    "web": "web",
    "apply": "apply",
    "console": "console",
    "channels": "channels",
}
WITH_POSTGRES = ("all", "console")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def _install(package: str) -> None:
    """Installs a Debian package where we may; elsewhere the tests that need it are skipped and say so."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    tell(f"{package} wird eingerichtet …")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run(["apt-get", "install", "-y", "-qq", package], env=environment, **quiet).returncode != 0:  # type: ignore[call-overload]
        subprocess.run(["apt-get", "update", "-qq"], env=environment, **quiet)  # type: ignore[call-overload]
        subprocess.run(["apt-get", "install", "-y", "-qq", package], env=environment, **quiet)  # type: ignore[call-overload]


def run(group: str, arguments: list[str]) -> int:
    """pytest's exit code; lint and types run with "all" and "fast". Raises BadInput for an unknown group."""
    if group not in GROUPS:
        raise BadInput(f"Unbekannte Gruppe „{group}“. Es gibt: {', '.join(GROUPS)}.")
    if group in ("all", "web", "console", "learning") and not any(map(shutil.which, CHROMIUM)):
        _install("chromium")
    if group in WITH_POSTGRES and binaries() is None:
        _install("postgresql")
    checks = 0
    if group in ("all", "fast"):
        checks |= subprocess.run([sys.executable, "-m", "ruff", "check", "-q", "."], cwd=PROJECT, check=False).returncode
        checks |= subprocess.run([sys.executable, "-m", "mypy"], cwd=PROJECT, check=False).returncode if group == "all" else 0
    marker = ["-m", GROUPS[group]] if GROUPS[group] else []
    with temporary_server() if group in WITH_POSTGRES else nullcontext() as server:
        environment = os.environ | ({"LOTSE_TEST_POSTGRES": server} if server else {})
        command = [sys.executable, "-m", "pytest", "-rs", *marker, *arguments]
        tests = subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode
    if checks:
        tell("ruff oder mypy hat Fehler gemeldet, siehe oben.")
    return tests or checks
