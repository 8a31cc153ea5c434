"""``./lotse bench api``: schemathesis against the public API, with a conversation and without one: nothing may answer with a 5xx."""

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import httpx

from bench.stack import stack
from cli.system import Tell
from core.errors import LotseError
from core.settings import PROJECT, Settings

# In an environment of its own: it needs other versions than Rasa does. Pinned: another version may find other things.
SCHEMATHESIS = "schemathesis@4.32.5"
CHECKS = "not_a_server_error,content_type_conformance,response_schema_conformance"
EXAMPLES = "50"
# The stream of events does not end by itself, and a deleted conversation would leave nothing to talk to.
NOT_WITH_ONE = ("--exclude-path-regex", "events$", "--exclude-method", "DELETE")
LIMITS = {"fehler": 0}


def run(settings: Settings, tell: Tell, *, as_json: bool) -> None:
    """Prints how many requests there were and how many failed a check. Raises LotseError where one did."""
    uvx = next(filter(None, map(shutil.which, ("uvx", str(PROJECT / ".tools/uv/bin/uvx")))), None)
    if uvx is None:
        raise LotseError("uvx fehlt. Es gehört zu uv; ./lotse richtet es in .tools ein, wo es keines gibt.")
    with stack(settings, tell) as (running, _), tempfile.TemporaryDirectory() as folder:
        begun = httpx.post(f"{running.web_url}/api/v1/conversations", timeout=5).json()
        chat, catalogue = f"{running.web_url}/api/v1/openapi.json", f"{running.web_url}/katalog/v1/openapi.json"
        Path(folder, "schemathesis.toml").write_text(
            f'[headers]\nAuthorization = "Bearer {begun["token"]}"\n[parameters]\n"path.conversation" = "{begun["id"]}"\n'
        )
        told = {
            "gespraech": _tried(uvx, chat, Path(folder), NOT_WITH_ONE, tell),
            "fremdes": _tried(uvx, chat, None, NOT_WITH_ONE[:2], tell),
            "katalog": _tried(uvx, catalogue, None, (), tell),
        }
    failed = sum(wrong for _, wrong in told.values())
    if as_json:
        print(json.dumps({"anfragen": {name: count for name, (count, _) in told.items()}, "fehler": failed, "grenzen": LIMITS}))
    else:
        for name, (count, wrong) in told.items():
            print(f"{name:10} {count:>6} Anfragen   {wrong} Fehler   Grenze 0")
    if failed:
        raise LotseError(f"{failed} Prüfungen sind fehlgeschlagen, siehe oben.")


def _tried(uvx: str, schema: str, folder: Path | None, options: tuple[str, ...], tell: Tell) -> tuple[int, int]:
    """(requests, failed checks). ``folder``: where its settings lie."""
    command = [uvx, SCHEMATHESIS, "run", schema, "--checks", CHECKS, "--max-examples", EXAMPLES, "--request-timeout", "8",
               "--seed", "1", "--phases", "coverage,fuzzing", "--no-color", *options]  # fmt: skip
    with tempfile.TemporaryDirectory() as empty:
        done = subprocess.run(command, cwd=folder or empty, capture_output=True, text=True, check=False, timeout=600)
    tell(done.stdout)
    counted = re.search(r"(\d+) generated", done.stdout)
    if not counted:
        raise LotseError(f"schemathesis hat nichts gemessen:\n{done.stderr[-1000:]}")
    found = re.search(r"(\d+) found|(\d+) failure|(\d+) error", done.stdout)
    return int(counted[1]), int(next(filter(None, found.groups()))) if found and done.returncode else int(done.returncode != 0)
