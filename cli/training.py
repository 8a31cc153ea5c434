"""The trained model for today's data: named by a hash of all it is made from, made when it is missing."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from core.errors import LotseError
from core.settings import PROJECT, Settings
from language.pipeline import model_name

_PARTS = (
    "config.yml", "domain.yml", "data/nlu", "data/catalogue/leika_titel.csv", "data/catalogue/kaiserslautern.jsonl", "data/rules",
    "data/responses/gespraech.yml", "bot/nlu", "bot/train.py", "language/folding.py", "language/swap.py", "language/encoder.py",
    "requirements.lock",
)  # fmt: skip


def data_hash(settings: Settings) -> str:
    """16 hex digits over everything that shapes the model."""
    digest = hashlib.sha256(Path(model_name(settings)).name.encode())
    for part in _PARTS:
        path = PROJECT / part
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.suffix in (".yml", ".py", ".lock", ".csv", ".jsonl"):
                digest.update(file.relative_to(PROJECT).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def model_path(settings: Settings) -> Path:
    """Where the model of today's data lies, or will lie."""
    return settings.models / f"{data_hash(settings)}.tar.gz"


def ensure_model(settings: Settings, *, force: bool = False) -> Path:
    """The model, trained now if there is none. Raises LotseError with the log's place if training fails."""
    path = model_path(settings)
    if path.exists() and not force:
        return path
    settings.logs.mkdir(parents=True, exist_ok=True)
    log = settings.logs / "training.log"
    command = [sys.executable, "-m", "bot.train", "--output", str(settings.models), "--name", path.name.removesuffix(".tar.gz")]
    with log.open("wb") as output:
        done = subprocess.run(command, cwd=PROJECT, env=environment(settings), stdout=output, stderr=output, check=False)
    if done.returncode != 0 or not path.exists():
        raise LotseError(f"Das Training ist fehlgeschlagen. Das Protokoll steht in {log}.")
    return path


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """The environment of our processes: the settings as they are, quiet libraries, one thread each (two cores, several processes)."""
    own = {f"LOTSE_{name.upper()}": str(value) for name, value in settings.model_dump(mode="json", exclude_none=True).items()}
    own |= {f"LOTSE_{name.upper()}": settings.secret(name) for name in ("secret_key", "catalogue_token")}
    quiet = {
        "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "PYTHONWARNINGS": "ignore",
        "LOG_LEVEL": "WARNING", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(PROJECT), "PYTHONUNBUFFERED": "1",
        "RASA_CACHE_DIRECTORY": str(settings.cache_folder / "rasa"), "CUDA_VISIBLE_DEVICES": "-1",
    }  # fmt: skip
    return {**os.environ, **quiet, **own, **more}
