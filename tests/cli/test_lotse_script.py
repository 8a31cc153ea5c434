"""The shell script that prepares the environment, in a folder of its own: what it does where something is missing.

What it calls (uname, df, uv) is put first on the PATH where the real thing cannot be had in a test: another platform, a full disk.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core.settings import PROJECT

NEEDED = ("sh", "env", "dirname", "uname", "df", "awk", "sha256sum", "cut", "cat", "tail", "grep", "mkdir", "rm")
UNREACHABLE = "http://127.0.0.1:9"
LOCK = f"six==1.16.0 \\\n    --hash=sha256:{'8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254'}\n"


class Folder:
    """A fresh checkout: the script and a small lock file; and a PATH that holds what the script needs and no Python."""

    def __init__(self, path: Path) -> None:
        self.path = path / "lots mit Leerzeichen"
        self.bin = path / "bin"
        self.home = path / "home"
        for folder in (self.path, self.bin, self.home):
            folder.mkdir()
        shutil.copy(PROJECT / "lotse", self.path)
        (self.path / "requirements.lock").write_text(LOCK)
        for tool in NEEDED:
            found = shutil.which(tool)
            assert found, tool
            (self.bin / tool).symlink_to(found)

    def command(self, name: str, script: str) -> None:
        """Puts a command first on the PATH."""
        (self.bin / name).unlink(missing_ok=True)
        (self.bin / name).write_text(f"#!/bin/sh\n{script}\n")
        (self.bin / name).chmod(0o755)

    def with_python(self) -> None:
        """Python 3.11 on the PATH: the one that this environment was made with."""
        python = Path(sys.base_prefix) / "bin" / "python3.11"
        assert python.exists()
        self.command("python3.11", f'exec "{python}" "$@"')

    def installed(self) -> None:
        """A finished environment, whose Python tells how it is called."""
        (self.path / ".venv" / "bin").mkdir(parents=True)
        python = self.path / ".venv" / "bin" / "python"
        python.write_text('#!/bin/sh\nprintf "%s|" "$PYTHONPATH" "$@"\nexit 7\n')
        python.chmod(0o755)
        (self.path / ".venv" / "lotse-lock").write_text(hashlib.sha256((self.path / "requirements.lock").read_bytes()).hexdigest())

    def run(self, *arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        """Calls the script with nothing else in its environment."""
        known = {"PATH": str(self.bin), "HOME": str(self.home), "LANG": "C.UTF-8", "UV_CACHE_DIR": str(self.home / "uv")}
        quick = {"UV_HTTP_TIMEOUT": "1", "UV_HTTP_RETRIES": "0", "PIP_RETRIES": "0", "PIP_TIMEOUT": "1", "PIP_NO_CACHE_DIR": "1"}
        return subprocess.run(
            [str(self.path / "lotse"), *arguments], env=known | quick | environment, cwd=cwd or self.path, capture_output=True, text=True,
            timeout=60, check=False,
        )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def refused(done: subprocess.CompletedProcess[str], code: int, *told: str) -> None:
    """The script ended with this code and a German line."""
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    last = [line for line in done.stderr.splitlines() if line.startswith("lotse: ")][-1]
    assert all(one in last for one in told), done.stderr


def test_the_script_is_a_correct_one_and_may_be_run() -> None:
    assert subprocess.run(["sh", "-n", str(PROJECT / "lotse")], check=False).returncode == 0
    assert os.access(PROJECT / "lotse", os.X_OK)


def test_without_python_3_11_it_says_what_to_install(folder: Folder) -> None:
    # The PATH has no Python, and one in /usr/bin (Debian) does not find its library.
    refused(folder.run("start", PYTHONHOME=str(folder.home)), 10, "Python 3.11", "apt-get install")


def test_with_another_python_only_it_says_what_to_install(folder: Folder) -> None:
    folder.command("python3", "exit 1")
    folder.command("python3.11", "exit 1")
    refused(folder.run("start", PYTHONHOME=str(folder.home)), 10, "Python 3.11")


@pytest.mark.parametrize(("system", "machine"), [("Darwin", "arm64"), ("Linux", "aarch64"), ("FreeBSD", "amd64")])
def test_on_another_platform_it_says_which_one_is_supported(folder: Folder, system: str, machine: str) -> None:
    folder.command("uname", f'[ "$1" = -s ] && echo {system} || echo {machine}')
    refused(folder.run("start"), 11, system, machine, "x86-64")


def test_on_a_full_disk_it_says_how_much_is_needed(folder: Folder) -> None:
    folder.command("df", "echo 'Filesystem 1024-blocks Used Available Capacity Mounted on'; echo '/dev/x 9000000 8000000 1024000 90% /'")
    refused(folder.run("start"), 13, "4 GB", "1000 MB")


@pytest.mark.slow  # makes an environment with pip
def test_where_uv_cannot_be_fetched_it_says_so(folder: Folder) -> None:
    folder.with_python()
    folder.command("uv", "exit 127")  # as pyenv's shim does
    refused(folder.run("start", PIP_INDEX_URL=UNREACHABLE, UV_DEFAULT_INDEX=UNREACHABLE), 14, "Paketquelle", "PIP_INDEX_URL")


def working_uv() -> str | None:
    """A uv that runs, here or where the script has put it."""
    found = [shutil.which("uv"), str(PROJECT / ".tools" / "uv" / "bin" / "uv")]
    for path in filter(None, found):
        if Path(path).exists() and subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    return None


def test_where_packages_cannot_be_fetched_it_says_so_and_tries_again_next_time(folder: Folder) -> None:
    uv = working_uv()
    if uv is None:
        pytest.skip("uv ist nicht da")
    folder.with_python()
    (folder.bin / "uv").symlink_to(uv)
    for _ in range(2):
        refused(folder.run("start", UV_DEFAULT_INDEX=UNREACHABLE, PIP_INDEX_URL=UNREACHABLE), 14, "UV_DEFAULT_INDEX", ".venv/install.log")
    assert not (folder.path / ".venv" / "lotse-lock").exists()
    assert "127.0.0.1:9" in (folder.path / ".venv" / "install.log").read_text()


FAKE_UV = """
case "$1" in
  --version) echo "uv 0.9" ;;
  venv) mkdir -p .venv ;;
  pip) echo "{said}" >&2; exit 2 ;;
esac
"""
FAILURES = [
    ("error: failed to write file: No space left on device (os error 28)", 13, "Platte ist voll"),
    ("error: Failed to fetch: dns error", 14, "Paketquelle"),
    ("error: Hash mismatch for six", 14, "Pakete konnten nicht geladen werden"),
]


@pytest.mark.parametrize(("said", "code", "told"), FAILURES)
def test_how_the_installation_failed_is_told_with_its_last_words(folder: Folder, said: str, code: int, told: str) -> None:
    folder.with_python()
    folder.command("uv", FAKE_UV.format(said=said))
    done = folder.run("start")
    refused(done, code, told)
    assert said in done.stderr
    assert not (folder.path / ".venv" / "lotse-lock").exists()


def test_a_prepared_folder_hands_over_at_once_with_arguments_and_exit_code(folder: Folder, tmp_path: Path) -> None:
    folder.installed()
    done = folder.run("import", "eine Datei.json", "--source", "", cwd=tmp_path)
    assert done.returncode == 7
    assert done.stdout.split("|")[:-1] == [str(folder.path), "-P", "-m", "cli", "import", "eine Datei.json", "--source", ""]
    assert done.stderr == ""


def test_another_lock_file_prepares_anew(folder: Folder) -> None:
    folder.installed()
    (folder.path / "requirements.lock").write_text(LOCK + "# anders\n")
    folder.command("uname", "echo Plan9")
    refused(folder.run("start"), 11, "Plan9")
