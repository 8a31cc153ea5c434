"""The trained model for today's data: named by a hash of all it is made from, made when it is missing."""

import hashlib
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from cli.catalogue import seed, seed_learned
from core import learned
from core.errors import LotseError
from core.settings import PROJECT, Settings
from katalog.search.version import version
from katalog.store import CatalogueStore, engine_for
from language.pipeline import model_name

_PARTS = (
    "config.yml", "domain.yml", "data/nlu", "data/catalogue/beispielfragen", "data/catalogue/leika_titel.csv",
    "data/catalogue/kaiserslautern.jsonl", "data/rules", "bot/nlu", "bot/train.py", "language/folding.py",
    "language/swap.py", "language/encoder.py", "language/sentences.py", "language/focus.py", "language/out_of_scope.py",
    "language/spelling.py", "language/terms.py", "language/linear.py", "language/clauses.py", "data/out_of_scope.csv",
    "requirements.lock",
)  # fmt: skip

# Models of the intents, 27 MB each: today's, and those to go back to.
KEPT = 3


def data_hash(settings: Settings) -> str:
    """16 hex digits over everything that shapes the model; what was learned counts, its test cases do not."""
    digest = hashlib.sha256(Path(model_name(settings)).name.encode())
    for part in _PARTS:
        path = PROJECT / part
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.suffix in (".yml", ".py", ".lock", ".csv", ".jsonl"):
                digest.update(file.relative_to(PROJECT).as_posix().encode() + file.read_bytes())
    version = learned.folder(settings)
    if version:
        for file in sorted([*version.glob("nlu/*.yml"), *version.glob("beispielfragen/*.jsonl")]):
            digest.update(f"gelernt/{file.relative_to(version).as_posix()}".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def model_path(settings: Settings) -> Path:
    """Where the model of today's data lies, or will lie."""
    return settings.models / f"{data_hash(settings)}.tar.gz"


def ensure_model(settings: Settings, *, force: bool = False) -> Path:
    """The model of the intents; it and the search's are made now, at the same time, where they are missing.

    Raises LotseError with the log's place if training fails.
    """
    path = model_path(settings)
    settings.logs.mkdir(parents=True, exist_ok=True)
    seed(settings)  # the search learns from what the catalogue holds
    seed_learned(settings)
    jobs = {}
    learned, state = settings.models / "suche.stand", catalogue_state(settings)
    if force or not learned.exists() or learned.read_text("utf-8") != state:
        jobs["training-suche"] = ["-m", "katalog.search.train"]
    if force or not path.exists():
        name = path.name.removesuffix(".tar.gz")
        jobs["training"] = ["-m", "bot.train", "--output", str(settings.models), "--name", name]
    with ExitStack() as files:
        running = {}
        for job, arguments in jobs.items():
            log = files.enter_context((settings.logs / f"{job}.log").open("wb"))
            running[job] = subprocess.Popen(
                [sys.executable, *arguments], cwd=PROJECT, env=environment(settings), stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        failed = [job for job, process in running.items() if process.wait() != 0]
    if failed or not path.exists():
        raise LotseError(f"Das Training ist fehlgeschlagen. Das Protokoll steht in {settings.logs / (failed or ['training'])[0]}.log.")
    learned.parent.mkdir(parents=True, exist_ok=True)
    learned.write_text(state, "utf-8")
    for old in sorted(settings.models.glob("*.tar.gz"), key=lambda one: one.stat().st_mtime)[:-KEPT]:
        if old != path:
            old.unlink()
    return path


def catalogue_state(settings: Settings) -> str:
    """Which catalogue it is, how often it was changed, and by which code: the search has nothing new to learn while this stays."""
    place = settings.database_url or settings.home.resolve()  # hashed: the address may hold a password
    taught = learned.folder(settings)
    told = f"{place}#{CatalogueStore(engine_for(settings)).revision()}#{version()}" + (f"#{taught.name}" if taught else "")
    return hashlib.sha256(told.encode()).hexdigest()


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """The environment of our processes: the settings as they are, quiet libraries, one thread each (two cores, several processes)."""
    own = {f"LOTSE_{name.upper()}": str(value) for name, value in settings.model_dump(mode="json", exclude_none=True).items()}
    own |= {f"LOTSE_{name.upper()}": settings.secret(name) for name in ("secret_key", "catalogue_token")}
    quiet = {
        "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "PYTHONWARNINGS": "ignore",
        "LOG_LEVEL": "WARNING", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(PROJECT), "PYTHONUNBUFFERED": "1",
        "RASA_CACHE_DIRECTORY": str(settings.cache_folder / "rasa"), "RASA_MAX_CACHE_SIZE": "0", "CUDA_VISIBLE_DEVICES": "-1",
    }  # fmt: skip
    return {**os.environ, **quiet, **own, **more}
